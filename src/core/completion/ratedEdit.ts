import { render } from '../text/lexer.ts';
import type { TextEdit } from '../text/textEdit.ts';
import { blockAfter } from './blockAfter.ts';
import { BLOCK_CONFIDENCE, confidenceOf, type GateFeatures, gateFeatures } from './confidenceGate.ts';
import type { CursorSite } from './cursorSite.ts';
import type { LineCandidate } from './lineCandidates.ts';
import { isSuppressed } from './suppression.ts';
import type { Surroundings } from './surroundings.ts';
import type { TokenSpace } from './tokenSpace.ts';

/** A proposal before the gate; `features` is what its confidence was computed from. */
export interface RatedEdit extends TextEdit {
  /** Estimated probability that the text is exactly what comes next, 0…1. */
  readonly confidence: number;
  readonly features: GateFeatures;
}

interface Scene {
  readonly site: CursorSite;
  readonly space: TokenSpace;
  readonly around: Surroundings;
}

/**
 * What a candidate proposes, with the block its line opens where that is clear too; undefined when it is better not
 * shown.
 */
export function ratedEdit(candidate: LineCandidate, scene: Scene): RatedEdit | undefined {
  const { site, space, around } = scene;
  const { vocabulary, kinds } = space.corpus;
  const textOf = (word: number): string => vocabulary.textOf(word);
  const line = lineEditOf(candidate, site, textOf);
  if (isSuppressed(line, site)) return undefined;
  const features = gateFeatures(candidate, line.text, site, around, kinds);
  const block = features.opensUnexpectedly === 1 ? blockAfter(candidate, site, space) : undefined;
  if (block === undefined) return { ...line, features, confidence: confidenceOf(features) };
  const whole = lineEditOf({ ...candidate, tokens: [...candidate.tokens, ...block] }, site, textOf);
  const confidence = BLOCK_CONFIDENCE * confidenceOf({ ...features, opensUnexpectedly: 0 });
  return isSuppressed(whole, site) ? undefined : { ...whole, features, confidence };
}

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
