import { createRandom } from '../core/shared/random.ts';

export const FOLDS = 5;

export interface CrossValidated {
  readonly folds: number;
  /** Of each measure: mean of the folds, and their standard deviation. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** The setting chosen without each fold. */
  readonly chosen: readonly string[];
}

/**
 * What tuning on most cases gives on the others. Cases are dealt into folds by the seed; for each fold, the setting with
 * the highest sum of measures over the other folds is measured on it. Of equal settings the first is taken.
 *
 * `measured` holds for each setting each case's measures.
 */
export function crossValidate(
  measured: Readonly<Record<string, readonly (readonly number[])[]>>,
  seed: number,
): CrossValidated {
  const settings = Object.keys(measured);
  const cases = Object.values(measured)[0]?.length ?? 0;
  const foldOf = dealt(cases, seed);
  const folds: (readonly number[])[] = [];
  const chosen: string[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const meansOf = (setting: string, isIn: boolean): readonly number[] =>
      means((measured[setting] ?? []).filter((_, at) => (foldOf[at] === fold) === isIn));
    const best = settings.reduce((a, b) => (sum(meansOf(b, false)) > sum(meansOf(a, false)) ? b : a));
    chosen.push(best);
    folds.push(meansOf(best, true));
  }
  const mean = means(folds);
  const deviation = mean.map((value, at) =>
    Math.sqrt(sum(folds.map((each) => ((each[at] ?? 0) - value) ** 2)) / (FOLDS - 1)),
  );
  return { folds: FOLDS, mean, deviation, chosen };
}

/** The fold of each case: folds of equal size, up to one. */
export function dealt(cases: number, seed: number): readonly number[] {
  const random = createRandom(seed);
  const order = Array.from({ length: cases }, (_, at) => ({ at, key: random() })).sort(
    (a, b) => a.key - b.key,
  );
  const foldOf: number[] = [];
  for (const [position, { at }] of order.entries()) foldOf[at] = position % FOLDS;
  return foldOf;
}

function means(rows: readonly (readonly number[])[]): readonly number[] {
  return (rows[0] ?? []).map((_, at) => sum(rows.map((row) => row[at] ?? 0)) / rows.length);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
