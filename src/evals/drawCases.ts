import { AUTHORED } from './authored/casesOfFile.ts';
import type { EvalCase } from './evalCase.ts';
import type { CaseSource, Workspace } from './workspace.ts';
import { stratify } from './sampling.ts';

/** A case source and the share of the cases it is to give while it can. */
export interface WeightedSource<C extends EvalCase> {
  readonly source: CaseSource<C>;
  readonly share: number;
}

export interface DrawnCases<C extends EvalCase> {
  /** What people wrote, all of it, and then what was drawn, evenly mixed: any beginning of that represents all of it. */
  readonly cases: readonly C[];
  /** Source id → number of cases it could have given. */
  readonly available: Readonly<Record<string, number>>;
  /** What could not be read of what people wrote, a line each: file, line, and what to do. */
  readonly problems: readonly string[];
}

export interface DrawOptions<C extends EvalCase> {
  /** Cases that people wrote: always in, and counted. */
  readonly authored: { readonly cases: readonly C[]; readonly problems: readonly string[] };
  readonly count: number;
  readonly seed: number;
  readonly sources: readonly WeightedSource<C>[];
  /** Makes one case of those that ask the same, and drops what cannot be answered for sure. */
  readonly merge: (cases: readonly C[]) => readonly C[];
}

/** Draws up to `count` cases, and more only when people wrote more. A source that has too few is made up for by the others. */
export async function drawCases<C extends EvalCase>(
  workspace: Workspace,
  { authored, count, seed, sources, merge }: DrawOptions<C>,
  pace: () => Promise<void>,
): Promise<DrawnCases<C>> {
  const found: C[][] = sources.map(() => []);
  for (const file of workspace.files) {
    for (const [at, { source }] of sources.entries()) {
      for (const each of source.casesIn(file, workspace)) found[at]?.push(each);
    }
    await pace();
  }
  const pools = found.map(merge);
  const counts = allocate(
    pools.map((pool, at) => ({ available: pool.length, share: sources[at]?.share ?? 0 })),
    Math.max(0, count - authored.cases.length),
  );
  const drawn = pools.map((pool, at) => stratify(pool, { count: counts[at] ?? 0, seed, by: 'file' }));
  return {
    cases: [...authored.cases, ...interleave(drawn)],
    available: {
      ...(authored.cases.length > 0 && { [AUTHORED]: authored.cases.length }),
      ...Object.fromEntries(sources.map(({ source }, at) => [source.id, pools[at]?.length ?? 0])),
    },
    problems: authored.problems,
  };
}

interface Pool {
  readonly available: number;
  readonly share: number;
}

/** How many to take of each pool: by share, and what a small pool lacks from the others by their shares. */
export function allocate(pools: readonly Pool[], count: number): readonly number[] {
  const taken = pools.map(() => 0);
  let left = Math.min(
    count,
    pools.reduce((sum, { available }) => sum + available, 0),
  );
  while (left > 0) {
    const open = [...pools.entries()].filter(([at, { available }]) => available > (taken[at] ?? 0));
    const shares = open.reduce((sum, [, { share }]) => sum + share, 0);
    const budget = left;
    for (const [at, { available, share }] of open) {
      const room = available - (taken[at] ?? 0);
      const wanted = Math.max(1, Math.round((budget * share) / shares));
      const more = Math.min(room, wanted, left);
      taken[at] = (taken[at] ?? 0) + more;
      left -= more;
    }
  }
  return taken;
}

function interleave<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return lists
    .flatMap((list) => list.map((item, at) => ({ item, position: (at + 0.5) / list.length })))
    .sort((a, b) => a.position - b.position)
    .map(({ item }) => item);
}
