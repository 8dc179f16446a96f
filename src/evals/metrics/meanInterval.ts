import { Z95 } from './wilsonInterval.ts';

/**
 * The 95 % normal interval of the mean of values within 0…1: `m ± z·s/√n` with the sample's standard deviation s,
 * cut to 0…1. Null for fewer than two values, which say nothing about their spread. Cases are taken as independent;
 * the draw avoids several from one file as long as it can.
 */
export function meanInterval(values: readonly number[]): readonly [low: number, high: number] | null {
  const n = values.length;
  if (n < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const margin = Z95 * Math.sqrt(squares / (n - 1) / n);
  return [Math.max(0, mean - margin), Math.min(1, mean + margin)];
}
