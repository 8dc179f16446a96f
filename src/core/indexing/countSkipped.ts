import type { SkippedFile, SkipReason } from '../ports/indexStore.ts';

/** How many files and whole folders were left out for one reason. */
export interface SkipCount {
  readonly reason: SkipReason;
  readonly count: number;
  /** A few of them. */
  readonly examples: readonly string[];
}

const EXAMPLES = 3;

/** The most frequent reason first. */
export function countSkipped(skipped: readonly SkippedFile[]): readonly SkipCount[] {
  const paths = new Map<SkipReason, string[]>();
  for (const { path, reason } of skipped) {
    const known = paths.get(reason) ?? [];
    known.push(path);
    paths.set(reason, known);
  }
  return [...paths]
    .map(([reason, all]) => ({ reason, count: all.length, examples: all.slice(0, EXAMPLES) }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
