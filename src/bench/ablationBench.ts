import { relevantRank } from '../evals/metrics/retrievalMetrics.ts';
import { RETRIEVAL_SOURCES } from '../evals/retrievalCases.ts';
import { compareSlices, type Comparison } from '../evals/statistics/comparison.ts';
import type { PairedCase } from '../evals/statistics/significance.ts';
import { DEFAULT_SEARCH_WEIGHTS, type Search } from '../core/retrieval/search.ts';
import { ABLATIONS, mapValues } from './ablations.ts';
import type { BenchOptions } from './benchOptions.ts';
import { questionFolder, type QuestionedFolder } from './folderRetrievalBench.ts';

/** Cases of each kind of question and folder. */
const CASES = 60;
const LOOKED_AT = 10;

/** What each part of the search is worth to some questions. */
export interface AblatedSlice {
  readonly n: number;
  /** MRR@10 with all parts. */
  readonly mrr: number;
  /** By what is left out: MRR@10 with it (`ours`) and without (`theirs`); clustered by file, corrected for there being many. */
  readonly worth: Readonly<Record<string, Comparison>>;
}

export interface AblationResult {
  readonly seed: number;
  readonly folders: number;
  /** By kind of question. */
  readonly kinds: Readonly<
    Record<
      string,
      {
        readonly label: string;
        readonly all: AblatedSlice;
        readonly languages: Readonly<Record<string, AblatedSlice>>;
      }
    >
  >;
}

/** A question, with the reciprocal rank of its answer in the search as it ships and in those that lack a part. */
interface Asked {
  readonly kind: string;
  readonly language: string;
  readonly cluster: string;
  readonly whole: number;
  readonly without: Readonly<Record<string, number>>;
}

/** Asks questions about several folders, each of searches over it that each lack one part. */
export async function ablationBench(
  roots: readonly string[],
  options: BenchOptions,
): Promise<AblationResult> {
  const asked: Asked[] = [];
  for (const root of roots) {
    const folder = await questionFolder(root, options.cases ?? CASES, options);
    for (const each of await askWithoutParts(root, folder, options.signal)) asked.push(each);
  }
  const kinds = Map.groupBy(asked, ({ kind }) => kind);
  return {
    seed: options.seed,
    folders: roots.length,
    kinds: Object.fromEntries(
      [...kinds].map(([kind, members]) => [
        kind,
        {
          label: RETRIEVAL_SOURCES.find(({ source }) => source.id === kind)?.source.label ?? kind,
          all: sliceOf(members, options.seed),
          languages: Object.fromEntries(
            [...Map.groupBy(members, ({ language }) => language)].map(([language, some]) => [
              language,
              sliceOf(some, options.seed),
            ]),
          ),
        },
      ]),
    ),
  };
}

async function askWithoutParts(
  root: string,
  { cases, searchWith }: QuestionedFolder,
  signal: AbortSignal,
): Promise<readonly Asked[]> {
  const answer = async (search: Search): Promise<readonly number[]> => {
    const reciprocals: number[] = [];
    for (const { question, gold } of cases) {
      const rank = relevantRank(await search.search(question, LOOKED_AT, signal), gold);
      reciprocals.push(rank === undefined ? 0 : 1 / rank);
    }
    return reciprocals;
  };
  const whole = await answer(await searchWith(DEFAULT_SEARCH_WEIGHTS));
  const without = await mapValues(ABLATIONS, async (weights) => answer(await searchWith(weights)));
  return cases.map(({ source, language, path }, at) => ({
    kind: source,
    language,
    cluster: `${root}/${path}`,
    whole: whole[at] ?? 0,
    without: Object.fromEntries(Object.entries(without).map(([part, each]) => [part, each[at] ?? 0])),
  }));
}

function sliceOf(members: readonly Asked[], seed: number): AblatedSlice {
  const pairsOf = (part: string): readonly PairedCase[] =>
    members.map(({ cluster, whole, without }) => ({ cluster, ours: whole, theirs: without[part] ?? 0 }));
  const slices = Object.fromEntries(Object.keys(ABLATIONS).map((part) => [part, pairsOf(part)]));
  return {
    n: members.length,
    mrr: members.reduce((sum, { whole }) => sum + whole, 0) / Math.max(1, members.length),
    worth: compareSlices(slices, seed),
  };
}
