import { render } from '../text/lexer.ts';
import type { TextEdit } from '../text/textEdit.ts';
import type { CursorSite } from './cursorSite.ts';
import type { LineCandidate } from './lineCandidates.ts';

/** The edit of the cursor's line that a candidate stands for; its text begins at the cursor. */
export function lineEditOf(
  candidate: Pick<LineCandidate, 'tokens' | 'isPartial' | 'replacesSuffix' | 'gapAfter'>,
  site: CursorSite,
  textOf: (word: number) => string,
): TextEdit {
  const { offset, lineSuffix } = site;
  const rendered = render(candidate.tokens, textOf).replaceAll(
    '\n',
    site.text.includes('\r\n') ? '\r\n' : '\n',
  );
  let text = rendered;
  if (candidate.isPartial) text = rendered.trimStart().slice(site.partial.length);
  else if (site.isAfterSpace) text = rendered.trimStart();
  const endOffset = candidate.replacesSuffix ? offset + lineSuffix.trimEnd().length : offset;
  return { startOffset: offset, endOffset, text: text + gapBefore(candidate, site) };
}

/** The space that belongs between the text and the suffix when the line does not have it yet. */
function gapBefore(candidate: Pick<LineCandidate, 'replacesSuffix' | 'gapAfter'>, site: CursorSite): string {
  const isWanted = candidate.gapAfter && !candidate.replacesSuffix;
  return isWanted && site.lineSuffix !== '' && !/^\s/.test(site.lineSuffix) ? ' ' : '';
}
