import type { TextEdit } from '../text/textEdit.ts';
import { blockAfter } from './blockAfter.ts';
import type { Continuation } from './continuations.ts';
import type { CursorSite, TokenSpace } from './cursorSite.ts';
import { lineConfidence, partConfidence } from './gate.ts';
import type { GateFeatures } from './gateFeatures.ts';
import { lineTextOf } from './lineText.ts';
import { isSuppressed } from './suppression.ts';

/**
 * Nothing is shown that is less probable to be what comes next. Chosen, together with `COST_OF_WRONG`, where simulated
 * typing over code that took no part in fitting is wrong in a fifth of what it shows.
 */
export const DEFAULT_THRESHOLD = 0.6;

/** What reading a suggestion that is wrong costs, in keys. */
const COST_OF_WRONG = 3;
/** Taking a suggestion is a key. */
const COST_OF_TAKING = 1;
/** Shorter ones are quicker typed than read. */
const MIN_CHARACTERS = 3;
/** A block of lines is right so much less often than its first line alone. */
const BLOCK_CONFIDENCE = 0.8;
const MAX_LINES = 8;

/** A proposal before the threshold. */
export interface RatedEdit extends TextEdit {
  /** Estimated probability that the text is exactly what comes next, 0…1. */
  readonly confidence: number;
}

export interface DescribedContinuation extends Continuation {
  readonly features: GateFeatures;
}

/** All ways to go on from a place, the likely first. */
export interface Continuations {
  readonly site: CursorSite;
  readonly space: TokenSpace;
  readonly continuations: readonly DescribedContinuation[];
  /** Weight of all voters. */
  readonly totalWeight: number;
}

/**
 * The continuation that saves the most keys: what it spares when it is right, less what reading it costs when it is
 * wrong. A long one is less sure than its beginning, and this decides where to cut. Undefined when none is worth it.
 */
export function surePart(found: Continuations, threshold: number): RatedEdit | undefined {
  const offers = found.continuations.flatMap((each) => asOffers(each, found));
  return chosenPart(offers, threshold).find(
    ({ of, ...edit }) => !isSuppressed(edit, found.site, [edit.text, ...restsOf(of, found)]),
  );
}

/** The whole rests of lines that a continuation may be the beginning of. */
function restsOf({ voters, isPartial }: Continuation, { site, space }: Continuations): readonly string[] {
  const { vocabulary } = space.corpus;
  const rests = voters.map(({ fit: { tokens } }) =>
    lineTextOf({ tokens, isPartial }, site, (word) => vocabulary.textOf(word)),
  );
  return [...new Set(rests)];
}

/** What is worth showing, the best first. */
export function chosenPart<Offer extends Pick<RatedEdit, 'text' | 'confidence'>>(
  offers: readonly Offer[],
  threshold: number,
): readonly Offer[] {
  return offers
    .filter(({ text, confidence }) => text.trim().length >= MIN_CHARACTERS && confidence >= threshold)
    .filter(({ text, confidence }) => savedKeys(text, confidence) > 0)
    .sort((a, b) => savedKeys(b.text, b.confidence) - savedKeys(a.text, a.confidence));
}

/** Keys saved by showing a text, on average. */
function savedKeys(text: string, confidence: number): number {
  return confidence * (text.length - COST_OF_TAKING) - (1 - confidence) * COST_OF_WRONG;
}

interface Offer extends RatedEdit {
  readonly of: Continuation;
}

/** The continuation, and with its block where it opens one. */
function asOffers(each: DescribedContinuation, found: Continuations): Offer[] {
  const line = { ...lineEditOf(each, found.site), confidence: partConfidence(each.features), of: each };
  const whole = withBlock(each, line, found);
  return whole ? [line, { ...whole, of: each }] : [line];
}

/** The whole rests of the line, most probable first, with their blocks where they open one. */
export function wholeLines(found: Continuations): readonly RatedEdit[] {
  const lines = found.continuations
    .filter(({ endShare }) => endShare > 0)
    .map((each) => {
      const line = { ...lineEditOf(each, found.site), confidence: lineConfidence(each.features) };
      return { line, whole: withBlock(each, line, found) ?? line };
    })
    .sort((a, b) => b.whole.confidence - a.whole.confidence);
  const shown: RatedEdit[] = [];
  for (const { line, whole } of lines) {
    if (shown.length >= MAX_LINES) break;
    // Of most lines the whole is the line.
    const edits = new Set([line, whole]);
    if (![...edits].some((edit) => isSuppressed(edit, found.site))) shown.push(whole);
  }
  return shown;
}

function withBlock(
  each: DescribedContinuation,
  line: RatedEdit,
  { site, space, totalWeight }: Continuations,
): RatedEdit | undefined {
  if (each.features.opensUnexpectedly === 0 || each.endShare === 0) return undefined;
  const block = blockAfter(each, totalWeight, site, space);
  if (block === undefined) return undefined;
  return { ...line, text: line.text + block, confidence: BLOCK_CONFIDENCE * line.confidence };
}

/** The edit of the cursor's line that a continuation stands for; its text begins at the cursor. */
export function lineEditOf(
  { text, replacesSuffix, gapAfter }: Pick<Continuation, 'text' | 'replacesSuffix' | 'gapAfter'>,
  { offset, lineSuffix }: CursorSite,
): TextEdit {
  const endOffset = replacesSuffix ? offset + lineSuffix.trimEnd().length : offset;
  const lacksGap = gapAfter && !replacesSuffix && lineSuffix !== '' && !/^\s/.test(lineSuffix);
  return { startOffset: offset, endOffset, text: text + (lacksGap ? ' ' : '') };
}
