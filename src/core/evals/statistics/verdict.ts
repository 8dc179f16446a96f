import type { Comparison } from './comparison.ts';

/** A comparison in a sentence, with differences of shares in points of a hundred. */
export function verdict({ outcome, difference, interval, minimumDetectable }: Comparison): string {
  if (interval === null || minimumDetectable === null)
    return 'no visible difference; there are too few cases to see any';
  if (outcome === 'no visible difference') {
    return `no visible difference; this suite can only see differences ≥ ${points(minimumDetectable)} points`;
  }
  const [low, high] = interval;
  return `${outcome} by ${points(Math.abs(difference))} points (95 % interval ${signed(low)} to ${signed(high)})`;
}

function points(share: number): string {
  return (100 * share).toFixed(1);
}

function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${points(Math.abs(share))}`;
}
