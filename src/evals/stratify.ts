import type { EvalCase } from './evalCase.ts';
import { stableHash } from './stableHash.ts';

/**
 * Draws `count` cases that represent languages and folders evenly: one of each stratum in turn. Within a stratum the
 * draw goes `by` file (one of each file before a second of any) or by case (all cases are equally likely). Which ones,
 * and in which order, depends on the seed and the ids only, so a shorter draw is the beginning of a longer one.
 */
export function stratify<C extends EvalCase>(
  cases: readonly C[],
  { count, seed, by }: { readonly count: number; readonly seed: number; readonly by: 'file' | 'case' },
): readonly C[] {
  const keyed = cases.map((each) => ({ each, key: stableHash(seed, each.id) }));
  keyed.sort((a, b) => a.key - b.key || (a.each.id < b.each.id ? -1 : 1));
  const strata = Map.groupBy(keyed, ({ each }) => `${each.language}\n${each.folder}`);
  const queues = [...strata]
    .map(([stratum, members]) => ({
      key: stableHash(seed, stratum),
      members: members.map(({ each }) => each),
    }))
    .sort((a, b) => a.key - b.key)
    .map(({ members }) => (by === 'file' ? fileByFile(members) : members));
  const drawn: C[] = [];
  for (let turn = 0; drawn.length < Math.min(count, cases.length); turn++) {
    for (const queue of queues) {
      const next = queue[turn];
      if (next && drawn.length < count) drawn.push(next);
    }
  }
  return drawn;
}

/** The first of every file, then the second of every file, and so on. */
function fileByFile<C extends EvalCase>(cases: readonly C[]): readonly C[] {
  const seen = new Map<string, number>();
  const rounds = Map.groupBy(cases, ({ path }) => {
    const round = seen.get(path) ?? 0;
    seen.set(path, round + 1);
    return round;
  });
  return [...rounds].sort(([a], [b]) => a - b).flatMap(([, members]) => members);
}
