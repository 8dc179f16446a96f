/** The same case measured on two systems. Both values are on one scale; for a binary measure they are 0 or 1. */
export interface PairedCase {
  /** What cases may depend on each other through, such as the file that they are made from. */
  readonly cluster: string;
  readonly ours: number;
  readonly theirs: number;
}

/** What the cases of one cluster add up to: enough to resample clusters without looking at cases again. */
export interface ClusterSum {
  readonly count: number;
  /** Sum of `ours - theirs`. */
  readonly sum: number;
}

/** Adds up the differences within each cluster: its cases depend on each other. */
export function clusterSums(pairs: readonly PairedCase[]): readonly ClusterSum[] {
  return [...Map.groupBy(pairs, ({ cluster }) => cluster).values()].map((members) => ({
    count: members.length,
    sum: members.reduce((total, { ours, theirs }) => total + (ours - theirs), 0),
  }));
}

/** The mean difference over all cases, 0 when there are none. */
export function meanDifference(sums: readonly ClusterSum[]): number {
  let count = 0;
  let sum = 0;
  for (const cluster of sums) {
    count += cluster.count;
    sum += cluster.sum;
  }
  return count === 0 ? 0 : sum / count;
}

/**
 * The standard error of the mean difference when cases of one cluster go up and down together (Liang and Zeger,
 * "Longitudinal data analysis using generalized linear models", 1986, for a mean): with d̄ the mean over n cases in
 * C clusters, `√(Σ_c (Σ_i (d_i - d̄))² · C / (C - 1)) / n`. Null for fewer than two clusters.
 */
export function clusteredError(sums: readonly ClusterSum[]): number | null {
  const clusters = sums.length;
  if (clusters < 2) return null;
  const mean = meanDifference(sums);
  const cases = sums.reduce((total, { count }) => total + count, 0);
  const squares = sums.reduce((total, { count, sum }) => total + (sum - count * mean) ** 2, 0);
  return Math.sqrt((squares * clusters) / (clusters - 1)) / cases;
}
