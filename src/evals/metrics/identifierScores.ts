import { kindOfText, NAME } from '../../core/completion/wordKinds.ts';

/** What two texts have in common of the names in them. */
export interface IdentifierScores {
  /** Share of the names suggested that are wanted; `undefined` when none is suggested. */
  readonly precision: number | undefined;
  /** Share of the names wanted that are suggested; `undefined` when none is wanted. */
  readonly recall: number | undefined;
  /** `2 · both / (suggested + wanted)`; `undefined` when there are none on either side. */
  readonly f1: number | undefined;
}

const WORDS = /[\p{L}\p{N}_$]+/gu;
const OPEN_WORD = /[\p{L}\p{N}_$]*$/u;

/**
 * Identifier match as in CrossCodeEval (Ding et al. 2023): the sets of names, each once. Keywords and numbers are no
 * names. The beginning of a name before the cursor is taken to be part of it.
 */
export function identifierScores(before: string, suggested: string, wanted: string): IdentifierScores {
  const [start = ''] = OPEN_WORD.exec(before) ?? [];
  const [ours, theirs] = [namesIn(start + suggested), namesIn(start + wanted)];
  const both = [...ours].filter((name) => theirs.has(name)).length;
  return {
    precision: ratio(both, ours.size),
    recall: ratio(both, theirs.size),
    f1: ratio(2 * both, ours.size + theirs.size),
  };
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set((text.match(WORDS) ?? []).filter((word) => kindOfText(word) === NAME));
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
