import { render } from '../text/lexer.ts';
import type { CursorSite } from './cursorSite.ts';
import type { LineCandidate } from './lineCandidates.ts';

/** An edit of the cursor's line: `text` in place of what stands from `insertAt` to `replaceTo`. */
export interface Proposal {
  readonly text: string;
  readonly insertAt: number;
  readonly replaceTo: number;
}

/** The edit a candidate stands for; its text begins at the cursor. */
export function proposalOf(
  candidate: Pick<LineCandidate, 'tokens' | 'isPartial' | 'replacesSuffix' | 'gapAfter'>,
  site: CursorSite,
  textOf: (word: number) => string,
): Proposal {
  const { offset, lineSuffix } = site;
  const rendered = render(candidate.tokens, textOf).replaceAll(
    '\n',
    site.text.includes('\r\n') ? '\r\n' : '\n',
  );
  let text = rendered;
  if (candidate.isPartial) text = rendered.trimStart().slice(site.partial.length);
  else if (site.isAfterSpace) text = rendered.trimStart();
  const replaceTo = candidate.replacesSuffix ? offset + lineSuffix.trimEnd().length : offset;
  return { text: text + gapBefore(candidate, site), insertAt: offset, replaceTo };
}

/** The space that belongs between the text and the suffix when the line does not have it yet. */
function gapBefore(candidate: Pick<LineCandidate, 'replacesSuffix' | 'gapAfter'>, site: CursorSite): string {
  const isWanted = candidate.gapAfter && !candidate.replacesSuffix;
  return isWanted && site.lineSuffix !== '' && !/^\s/.test(site.lineSuffix) ? ' ' : '';
}

/**
 * Whether an editor that shows insertions only can show the edit: the replaced text must be what remains of the new
 * text after leaving characters out.
 */
export function isInsertionOnly(replaced: string, text: string): boolean {
  let found = 0;
  for (let at = 0; at < text.length && found < replaced.length; at++) {
    if (text.charCodeAt(at) === replaced.charCodeAt(found)) found++;
  }
  return found === replaced.length;
}
