import { stableHash } from '../../evals/sampling.ts';

const FOLDS = 5;

/** A guess to be judged, and the file it is made in. */
interface GatedExample extends GateExample {
  readonly path: string;
}

/**
 * The confidence a logistic gate gives each guess, fitted on the guesses of other files: five folds by file. A method
 * to compare with is gated as well as its features allow, on the very code it is measured on, so that two methods can
 * be compared at equal precision and neither owes its place to a badly set threshold.
 */
export function crossFittedGate(examples: readonly GatedExample[], seed: number): readonly number[] {
  const folds = examples.map(({ path }) => stableHash(seed, path) % FOLDS);
  const weights = Array.from({ length: FOLDS }, (_, fold) =>
    fitLogistic(examples.filter((_example, at) => folds[at] !== fold)),
  );
  return examples.map(({ features }, at) => logistic(weights[folds[at] ?? 0] ?? [], features));
}

/** What a gate learns from: the features of a guess and whether it was right. */
interface GateExample {
  readonly features: readonly number[];
  readonly isRight: boolean;
}

const RIDGE = 1e-3;
const ROUNDS = 40;
const ENOUGH = 1e-6;

/**
 * Weights of the logistic regression with the greatest likelihood, held down by `n · 10⁻³ · |w|² / 2` but for the
 * first, by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani and Friedman, "The Elements of
 * Statistical Learning", 2009, §4.4.1). The first feature must always be 1.
 */
export function fitLogistic(examples: readonly GateExample[]): readonly number[] {
  const weights = (examples[0]?.features ?? []).map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const step = solve(newtonSystem(examples, weights));
    let largest = 0;
    for (const [at, change] of step.entries()) {
      weights[at] = (weights[at] ?? 0) + change;
      largest = Math.max(largest, Math.abs(change));
    }
    if (largest < ENOUGH) break;
  }
  return weights;
}

/** The probability that a guess with these features is right. */
export function logistic(weights: readonly number[], features: readonly number[]): number {
  const sum = features.reduce((total, feature, at) => total + feature * (weights[at] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}

/** The equations of one step, each row with its right side at the end. */
function newtonSystem(examples: readonly GateExample[], weights: readonly number[]): number[][] {
  const ridge = (at: number): number => (at === 0 ? 1e-9 : RIDGE) * examples.length;
  const rows = weights.map((weight, i) => [
    ...weights.map((_, j) => (i === j ? ridge(i) : 0)),
    -ridge(i) * weight,
  ]);
  for (const { features, isRight } of examples) {
    const p = logistic(weights, features);
    for (const [i, row] of rows.entries()) {
      const feature = features[i] ?? 0;
      for (let j = 0; j < weights.length; j++)
        row[j] = (row[j] ?? 0) + p * (1 - p) * feature * (features[j] ?? 0);
      row[weights.length] = (row[weights.length] ?? 0) + (Number(isRight) - p) * feature;
    }
  }
  return rows;
}

/** Gauss-Jordan elimination; the matrix is positive definite, so no pivot is 0. */
function solve(rows: number[][]): readonly number[] {
  for (const [i, pivot] of rows.entries()) {
    const scale = pivot[i] ?? 1;
    for (const [k, row] of rows.entries()) {
      const factor = (row[i] ?? 0) / scale;
      if (k === i || factor === 0) continue;
      for (let j = i; j < row.length; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row[rows.length] ?? 0) / (row[i] ?? 1));
}
