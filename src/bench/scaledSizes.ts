import { wholeNumber } from '../cli/arguments.ts';
import type { ScaledSize } from './scaledWorkspace.ts';

const SIZES: readonly ScaledSize[] = [1000, 10_000, 100_000];

/** What `--chunks` asks for: numbers and `all`, with commas between. Throws `UsageError` for anything else. */
export function scaledSizes(given: string | undefined): readonly ScaledSize[] {
  if (given === undefined) return SIZES;
  return given
    .split(',')
    .map((size) => (size === 'all' ? size : (wholeNumber('--chunks', size, 1) ?? 'all')));
}
