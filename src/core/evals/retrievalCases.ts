import type { CaseSource } from './caseSource.ts';
import type { RetrievalCase } from './evalCase.ts';
import { docCommentSource } from './sources/docCommentSource.ts';
import { identifierSource } from './sources/identifierSource.ts';
import { testSource } from './sources/testSource.ts';
import { stratify } from './stratify.ts';
import type { Workspace } from './workspace.ts';

/** A case source and the share of the questions it is to give while it can. */
export interface WeightedSource {
  readonly source: CaseSource<RetrievalCase>;
  readonly share: number;
}

export const RETRIEVAL_SOURCES: readonly WeightedSource[] = [
  { source: docCommentSource, share: 0.5 },
  { source: testSource, share: 0.25 },
  { source: identifierSource, share: 0.25 },
];

/** A question with more right places than this is about a family of definitions, and easy to hit by chance. */
const MAX_FORMS = 4;

export interface DrawnCases {
  /** Evenly mixed: any beginning of the list represents all of it. */
  readonly cases: readonly RetrievalCase[];
  /** Source id → number of cases it could have given. */
  readonly available: Readonly<Record<string, number>>;
}

/** Draws up to `count` questions. A source that has too few is made up for by the others. */
export async function drawRetrievalCases(
  workspace: Workspace,
  {
    count,
    seed,
    sources = RETRIEVAL_SOURCES,
  }: { count: number; seed: number; sources?: readonly WeightedSource[] },
  pace: () => Promise<void>,
): Promise<DrawnCases> {
  const found: RetrievalCase[][] = sources.map(() => []);
  for (const file of workspace.files) {
    for (const [at, { source }] of sources.entries()) found[at]?.push(...source.casesIn(file, workspace));
    await pace();
  }
  const pools = found.map(mergeAlike);
  const counts = allocate(
    pools.map((pool, at) => ({ available: pool.length, share: sources[at]?.share ?? 0 })),
    count,
  );
  const drawn = pools.map((pool, at) => stratify(pool, { count: counts[at] ?? 0, seed, by: 'file' }));
  return {
    cases: interleave(drawn),
    available: Object.fromEntries(sources.map(({ source }, at) => [source.id, pools[at]?.length ?? 0])),
  };
}

/**
 * The same question about the same name is one case with several right places, as for a declaration file beside its
 * code. The same question about different names, or in very many places, has no one answer: it is dropped.
 */
export function mergeAlike(cases: readonly RetrievalCase[]): readonly RetrievalCase[] {
  return [...Map.groupBy(cases, ({ question }) => question.toLowerCase()).values()].flatMap((alike) => {
    const [first] = alike;
    if (!first || alike.length > MAX_FORMS || alike.some(({ name }) => name !== first.name)) return [];
    return [
      { ...first, gold: alike.flatMap(({ gold }) => gold), hides: alike.flatMap(({ hides }) => hides) },
    ];
  });
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
