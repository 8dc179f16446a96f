import { kindOfText, NAME } from '../../core/completion/wordKinds.ts';
import type { CompletionOutcome } from '../outcome.ts';
import type { Metric } from './metric.ts';

/** Precision when shown: of the suggestions that pass the gate, the share that are the rest of the line exactly. */
const precision: Metric<CompletionOutcome> = {
  id: 'precision',
  label: 'Right when shown',
  kind: 'rate',
  of: ({ shown, isExact }) => (shown === null ? undefined : Number(isExact)),
};

/** Show rate: share of the places at which anything is suggested. */
const showRate: Metric<CompletionOutcome> = {
  id: 'show-rate',
  label: 'Suggestion shown',
  kind: 'rate',
  of: ({ shown }) => Number(shown !== null),
};

/** Exact rest of line over all places: where nothing is shown the line is not completed. = show rate × precision. */
const exactLine: Metric<CompletionOutcome> = {
  id: 'exact-line',
  label: 'Rest of the line exactly right',
  kind: 'rate',
  of: ({ isExact }) => Number(isExact),
};

/** Exact first token over all places: the suggestion begins with the token that stood there. */
const exactToken: Metric<CompletionOutcome> = {
  id: 'exact-token',
  label: 'First token right',
  kind: 'rate',
  of: ({ isFirstTokenExact }) => Number(isFirstTokenExact),
};

/** Mean edit similarity of what is shown to what stood there; see `editSimilarity`. */
const similarity: Metric<CompletionOutcome> = {
  id: 'edit-similarity',
  label: 'Similarity when shown',
  kind: 'mean',
  of: (outcome) => outcome.similarity ?? undefined,
};

/** Share of what is shown that leaves a well-formed file well-formed. Files that were not to begin with say nothing. */
const wellFormed: Metric<CompletionOutcome> = {
  id: 'well-formed',
  label: 'Leaves the code well-formed',
  kind: 'rate',
  of: ({ isWellFormed }) => (isWellFormed === null ? undefined : Number(isWellFormed)),
};

function identifiers(score: keyof IdentifierScores, words: string): Metric<CompletionOutcome> {
  return {
    id: `identifier-${score}`,
    label: words,
    kind: 'mean',
    of: ({ shown, before, expected }) =>
      shown === null ? undefined : identifierScores(before, shown, expected)[score],
  };
}

/** Headline first. */
export const COMPLETION_METRICS: readonly Metric<CompletionOutcome>[] = [
  precision,
  showRate,
  exactLine,
  exactToken,
  similarity,
  wellFormed,
  identifiers('f1', 'Names when shown: F1'),
  identifiers('precision', 'Names when shown that are right (precision)'),
  identifiers('recall', 'Right names that are shown (recall)'),
];

/** What two texts have in common of the names in them. */
interface IdentifierScores {
  /** Share of the names suggested that are wanted; `undefined` when none is suggested. */
  readonly precision: number | undefined;
  /** Share of the names wanted that are suggested; `undefined` when none is wanted. */
  readonly recall: number | undefined;
  /** `2 · both / (suggested + wanted)`; `undefined` when there are none on either side. */
  readonly f1: number | undefined;
}

const WORDS = /[\p{L}\p{N}_$]+/gu;
const OPEN_WORD = /(?<![\p{L}\p{N}_$])[\p{L}\p{N}_$]*$/u;

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

/**
 * `1 - d / max(|a|, |b|)` with d the Levenshtein distance (1966) in UTF-16 units: 1 for equal texts, 0 when nothing
 * fits; two empty texts are equal. The measure of "IntelliCode Compose" (Svyatkovskiy et al. 2020) and of most
 * completion benchmarks since.
 */
export function editSimilarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - levenshtein(a, b) / longest;
}

function levenshtein(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
