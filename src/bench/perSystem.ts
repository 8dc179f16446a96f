/** Results of one kind for ours and for what it is compared with. */
export interface PerSystem<Baseline extends string, T> {
  readonly ours: T;
  readonly baselines: Readonly<Record<Baseline, T>>;
}

/** Calls `of` for each baseline. */
export function perBaseline<Baseline extends string, T>(
  baselines: readonly Baseline[],
  of: (baseline: Baseline) => T,
): Readonly<Record<Baseline, T>> {
  return Object.fromEntries(baselines.map((baseline) => [baseline, of(baseline)])) as Record<Baseline, T>;
}
