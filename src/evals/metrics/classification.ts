import { mean } from './average.ts';

/** What something is, and what it was taken for. */
export interface Labelled {
  readonly actual: string;
  readonly predicted: string;
}

export interface LabelScores {
  readonly label: string;
  /** How many are of this label. */
  readonly support: number;
  /** Of what was taken for this label, the share that is; null when nothing was taken for it. */
  readonly precision: number | null;
  /** Of what is of this label, the share that was taken for it; null when nothing is. */
  readonly recall: number | null;
  /** `2·tp / (2·tp + fp + fn)`. */
  readonly f1: number;
}

export interface Classification {
  readonly n: number;
  /** Share taken for what they are; null when there are none. */
  readonly accuracy: number | null;
  /** Every label that occurs on either side, in alphabetical order. */
  readonly labels: readonly LabelScores[];
  /** Unweighted means over the labels to which each score applies; null when there are none. */
  readonly macro: {
    readonly precision: number | null;
    readonly recall: number | null;
    readonly f1: number | null;
  };
  /** Counts: a row for what each is and a column for what it was taken for, both in the order of `labels`. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Accuracy, precision, recall, F1 and the confusion matrix (Manning, Raghavan and Schütze 2008, ch. 8; the matrix is laid
 * out as scikit-learn's). A score that divides by nothing is null and left out of the macro mean, not 0.
 */
export function classify(pairs: readonly Labelled[]): Classification {
  const names = [...new Set(pairs.flatMap(({ actual, predicted }) => [actual, predicted]))].sort();
  const confusion = names.map((row) =>
    names.map(
      (column) => pairs.filter(({ actual, predicted }) => actual === row && predicted === column).length,
    ),
  );
  const labels = names.map((label, at) => labelScores(label, at, confusion));
  const right = confusion.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
  const macro = (of: (scores: LabelScores) => number | null): number | null =>
    mean(labels.map((scores) => of(scores) ?? undefined)) ?? null;
  return {
    n: pairs.length,
    accuracy: ratio(right, pairs.length),
    labels,
    macro: {
      precision: macro(({ precision }) => precision),
      recall: macro(({ recall }) => recall),
      f1: macro(({ f1 }) => f1),
    },
    confusion,
  };
}

function labelScores(label: string, at: number, confusion: readonly (readonly number[])[]): LabelScores {
  const hit = confusion[at]?.[at] ?? 0;
  const support = (confusion[at] ?? []).reduce((sum, count) => sum + count, 0);
  const taken = confusion.reduce((sum, row) => sum + (row[at] ?? 0), 0);
  return {
    label,
    support,
    precision: ratio(hit, taken),
    recall: ratio(hit, support),
    f1: (2 * hit) / (support + taken),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
