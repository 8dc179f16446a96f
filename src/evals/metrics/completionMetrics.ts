import type { CompletionOutcome } from '../outcome.ts';
import { identifierScores, type IdentifierScores } from './identifierScores.ts';
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
