import { stableHash } from '../../evals/stableHash.ts';
import { fitLogistic, logistic, type GateExample } from './logisticFit.ts';

const FOLDS = 5;

/** A guess to be judged, and the file it is made in. */
export interface GatedExample extends GateExample {
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
