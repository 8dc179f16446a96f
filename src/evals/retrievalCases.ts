import { authoredCases } from './authored/casesOfFile.ts';
import type { RetrievalCase } from './evalCase.ts';
import { drawCases, type DrawnCases, type WeightedSource } from './drawCases.ts';
import { commitSource } from './sources/commitSource.ts';
import { docCommentSource } from './sources/docCommentSource.ts';
import {
  identifierSource,
  misspeltNameSource,
  namePartSource,
  nameWordsSource,
} from './sources/identifierSource.ts';
import { testSource } from './sources/testSource.ts';
import type { Workspace } from './workspace.ts';

export const RETRIEVAL_SOURCES: readonly WeightedSource<RetrievalCase>[] = [
  { source: docCommentSource, share: 0.4 },
  { source: testSource, share: 0.2 },
  { source: commitSource, share: 0.2 },
  // Search that knows the name at all finds it by the whole name; how people half remember it says more.
  { source: nameWordsSource, share: 0.06 },
  { source: namePartSource, share: 0.05 },
  { source: misspeltNameSource, share: 0.05 },
  { source: identifierSource, share: 0.04 },
];

/** A question with more right places than this is about a family of definitions, and easy to hit by chance. */
const MAX_FORMS = 4;

/** Draws up to `count` questions. A source that has too few is made up for by the others. */
export async function drawRetrievalCases(
  workspace: Workspace,
  {
    count,
    seed,
    sources = RETRIEVAL_SOURCES,
  }: { count: number; seed: number; sources?: readonly WeightedSource<RetrievalCase>[] },
  pace: () => Promise<void>,
): Promise<DrawnCases<RetrievalCase>> {
  const authored = await authoredCases('retrieval', workspace, pace);
  return drawCases(workspace, { authored, count, seed, sources, merge: mergeAlike }, pace);
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
      {
        ...first,
        gold: distinct(alike.flatMap(({ gold }) => gold)),
        hides: distinct(alike.flatMap(({ hides }) => hides)),
      },
    ];
  });
}

/** Two tests of one file may say the same of the same. */
function distinct<T>(places: readonly T[]): readonly T[] {
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}
