import type { TextEdit } from '../text/textEdit.ts';
import { blockAfter } from './blockAfter.ts';
import type { CursorSite } from './cursorSite.ts';
import { confidenceOf, type GateFeatures } from './gate.ts';
import { gateFeatures } from './gateFeatures.ts';
import { BLOCK_CONFIDENCE } from './gateWeights.ts';
import type { LineCandidate } from './lineCandidates.ts';
import { lineEditOf } from './lineEdit.ts';
import { isUnwelcome } from './restraint.ts';
import type { Surroundings } from './surroundings.ts';
import type { TokenSpace } from './tokenSpace.ts';

/** A proposal before the gate; `features` is what its confidence was computed from. */
export interface RatedProposal extends TextEdit {
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
export function ratedProposal(candidate: LineCandidate, scene: Scene): RatedProposal | undefined {
  const { site, space, around } = scene;
  const { vocabulary, kinds } = space.corpus;
  const textOf = (word: number): string => vocabulary.textOf(word);
  const line = lineEditOf(candidate, site, textOf);
  if (isUnwelcome(line, site)) return undefined;
  const features = gateFeatures(candidate, line.text, site, around, kinds);
  const block = features.opensUnexpectedly === 1 ? blockAfter(candidate, site, space) : undefined;
  if (block === undefined) return { ...line, features, confidence: confidenceOf(features) };
  const whole = lineEditOf({ ...candidate, tokens: [...candidate.tokens, ...block] }, site, textOf);
  const confidence = BLOCK_CONFIDENCE * confidenceOf({ ...features, opensUnexpectedly: 0 });
  return isUnwelcome(whole, site) ? undefined : { ...whole, features, confidence };
}
