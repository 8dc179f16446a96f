import type { EvalCase } from './evalCase.ts';

/**
 * A number from 0 to 2^32 - 1 that depends on all parts: FNV-1a with a finishing mix. Cases are ordered by it, so the
 * same seed draws the same cases everywhere, and a new file in the workspace leaves most other draws alone, which a
 * shuffle would not.
 */
export function stableHash(seed: number, ...parts: readonly string[]): number {
  let hash = 0x811c9dc5 ^ Math.imul(seed | 0, 0x9e3779b1);
  for (const part of parts) {
    for (let at = 0; at < part.length; at++) hash = Math.imul(hash ^ part.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0xffff, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The same as eight hexadecimal digits, for ids. */
export function stableId(...parts: readonly string[]): string {
  return stableHash(0, ...parts)
    .toString(16)
    .padStart(8, '0');
}

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
