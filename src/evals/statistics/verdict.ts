import type { Comparison } from './comparison.ts';
import { points, signedPoints } from './points.ts';

/** A comparison in a sentence, with differences of shares in points of a hundred. */
export function verdict({ outcome, difference, interval, minimumDetectable }: Comparison): string {
  if (interval !== null && outcome !== 'no visible difference') {
    const [low, high] = interval;
    return `${outcome} by ${points(Math.abs(difference))} points (95 % interval ${signedPoints(low)} to ${signedPoints(high)})`;
  }
  if (minimumDetectable === null || minimumDetectable < Math.abs(difference)) {
    return 'no visible difference; the cases come from too few files to tell';
  }
  return `no visible difference; this suite can only see differences ≥ ${points(minimumDetectable)} points`;
}
