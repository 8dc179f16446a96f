import { lazily } from '../core/async/lazily.ts';
import { systemClock } from '../core/async/systemClock.ts';
import { createTimeSlice } from '../core/async/timeSlice.ts';
import { lsaMethod } from '../core/indexing/vectors/lsaMethod.ts';
import { DEFAULT_SEARCH_WEIGHTS, type Search, type SearchWeights } from '../core/retrieval/search.ts';
import { openChunker } from '../engine/workspace/openChunker.ts';
import { readFolder } from '../engine/workspace/readFolder.ts';
import type { Place, RetrievalCase } from '../evals/evalCase.ts';
import { hideCases, type IndexedText } from '../evals/hiddenText.ts';
import { relevantRank } from '../evals/metrics/retrievalMetrics.ts';
import { drawRetrievalCases, RETRIEVAL_SOURCES } from '../evals/retrievalCases.ts';
import { buildMaterial, lexicalOver, searchOver } from '../evals/retrievalIndex.ts';
import { compareSlices, type Comparison, verdict } from '../evals/statistics/comparison.ts';
import type { PairedCase } from '../evals/statistics/significance.ts';
import type { Workspace } from '../evals/workspace.ts';
import { perBaseline, type PerSystem } from './ablations.ts';
import { lineWindows } from './baselines/passage.ts';
import { assertMeasurable, type BenchOptions } from './benchOptions.ts';
import { rankPassages, RETRIEVAL_BASELINES, type RetrievalBaseline } from './retrievalBaselines.ts';

/** Cases of each kind of question. */
const CASES = 300;
const LOOKED_AT = 10;

interface RankScores {
  readonly recall: Readonly<Record<'@1' | '@5' | '@10', number>>;
  readonly mrr: number;
}

interface Slice extends PerSystem<RetrievalBaseline, RankScores> {
  readonly n: number;
}

/** One kind of question. */
interface QuestionKind extends Slice {
  readonly label: string;
  readonly languages: Readonly<Record<string, Slice>>;
  /** MRR@10 of ours against each baseline; clustered by file, corrected for the number of kinds. */
  readonly versus: Readonly<Record<RetrievalBaseline, Comparison & { readonly verdict: string }>>;
}

interface FolderRetrievalResult {
  readonly files: number;
  readonly seed: number;
  readonly kinds: Readonly<Record<string, QuestionKind>>;
}

/** A question with the rank of its answer in each system, 0 for none among the first ten. */
interface Ranked {
  readonly asked: RetrievalCase;
  readonly ours: number;
  readonly baselines: Readonly<Record<RetrievalBaseline, number>>;
}

/** Asks questions drawn from a folder's own comments, tests and names. What they are made from is hidden from all. */
export async function folderRetrievalBench(
  root: string,
  options: BenchOptions,
): Promise<FolderRetrievalResult> {
  const folder = await questionFolder(root, options.cases ?? CASES, options);
  const ranked = await rankAll(folder, options.signal);
  const kinds = Map.groupBy(ranked, ({ asked }) => asked.source);
  const versus = perBaseline(RETRIEVAL_BASELINES, (name) =>
    compareSlices(
      Object.fromEntries([...kinds].map(([kind, members]) => [kind, pairsOf(members, name)])),
      options.seed,
    ),
  );
  return {
    files: folder.files,
    seed: options.seed,
    kinds: Object.fromEntries(
      [...kinds].map(([kind, members]) => [kind, kindResult(kind, members, (name) => versus[name][kind])]),
    ),
  };
}

async function rankAll(
  { cases, texts, searchWith }: QuestionedFolder,
  signal: AbortSignal,
): Promise<readonly Ranked[]> {
  const pace = createTimeSlice(signal);
  const search = await searchWith();
  const rankings = rankPassages(texts.flatMap(lineWindows));
  const ranked: Ranked[] = [];
  for (const asked of cases) {
    const rankOf = (hits: readonly Place[]): number => relevantRank(hits, asked.gold) ?? 0;
    ranked.push({
      asked,
      ours: rankOf(await search.search(asked.question, LOOKED_AT, signal)),
      baselines: perBaseline(RETRIEVAL_BASELINES, (name) =>
        rankOf(rankings[name].search(asked.question, LOOKED_AT)),
      ),
    });
    await pace();
  }
  return ranked;
}

function kindResult(
  kind: string,
  members: readonly Ranked[],
  comparisonWith: (name: RetrievalBaseline) => Comparison | undefined,
): QuestionKind {
  const languages = Map.groupBy(members, ({ asked }) => asked.language);
  return {
    label: RETRIEVAL_SOURCES.find(({ source }) => source.id === kind)?.source.label ?? kind,
    ...sliceOf(members),
    languages: Object.fromEntries([...languages].map(([language, some]) => [language, sliceOf(some)])),
    versus: perBaseline(RETRIEVAL_BASELINES, (name) => {
      const comparison = comparisonWith(name);
      if (!comparison) throw new Error(`There is no comparison with ${name} for ${kind}.`);
      return { ...comparison, verdict: verdict(comparison) };
    }),
  };
}

function sliceOf(members: readonly Ranked[]): Slice {
  return {
    n: members.length,
    ours: scoresOf(members.map(({ ours }) => ours)),
    baselines: perBaseline(RETRIEVAL_BASELINES, (name) =>
      scoresOf(members.map(({ baselines }) => baselines[name])),
    ),
  };
}

function scoresOf(ranks: readonly number[]): RankScores {
  const mean = (of: (rank: number) => number): number =>
    ranks.reduce((sum, rank) => sum + of(rank), 0) / Math.max(1, ranks.length);
  const recall = (depth: number): number => mean((rank) => Number(rank > 0 && rank <= depth));
  return { recall: { '@1': recall(1), '@5': recall(5), '@10': recall(10) }, mrr: mean(reciprocal) };
}

function pairsOf(members: readonly Ranked[], name: RetrievalBaseline): readonly PairedCase[] {
  return members.map(({ asked, ours, baselines }) => ({
    cluster: asked.path,
    ours: reciprocal(ours),
    theirs: reciprocal(baselines[name]),
  }));
}

function reciprocal(rank: number): number {
  return rank === 0 ? 0 : 1 / rank;
}

/** A folder with questions drawn from its own comments, tests and names. */
export interface QuestionedFolder {
  readonly files: number;
  readonly cases: readonly RetrievalCase[];
  /** Without what the questions are made from. */
  readonly texts: readonly IndexedText[];
  /** Our search over these texts, with the weights that ship unless others are given. */
  readonly searchWith: (weights?: SearchWeights) => Promise<Search>;
}

/** Draws up to `count` questions of each kind. */
export async function questionFolder(
  root: string,
  count: number,
  { seed, signal, log }: Pick<BenchOptions, 'seed' | 'signal' | 'log'>,
): Promise<QuestionedFolder> {
  const workspace = await readFolder(root, signal);
  const pace = createTimeSlice(signal);
  const cases = await drawAll(workspace, { count, seed, pace });
  assertMeasurable(cases.length, 'doc comments, tests or names to ask about', root);
  const texts = hideCases(
    workspace.files,
    cases.flatMap(({ hides }) => hides),
  );
  const parts = { chunker: await openChunker(log), method: lsaMethod(), clock: systemClock, log };
  const material = await buildMaterial(texts, parts, { pace, signal, onProgress: () => undefined });
  const shipped = lazily(() => lexicalOver(material.segments, DEFAULT_SEARCH_WEIGHTS.lexical, pace));
  return {
    files: workspace.files.length,
    cases,
    texts,
    searchWith: async (weights = DEFAULT_SEARCH_WEIGHTS) => {
      const isShipped = weights.lexical === DEFAULT_SEARCH_WEIGHTS.lexical;
      return searchOver(material, parts, { pace, weights, lexical: isShipped ? await shipped() : undefined });
    },
  };
}

async function drawAll(
  workspace: Workspace,
  {
    count,
    seed,
    pace,
  }: { readonly count: number; readonly seed: number; readonly pace: () => Promise<void> },
): Promise<readonly RetrievalCase[]> {
  const drawn: RetrievalCase[] = [];
  for (const { source } of RETRIEVAL_SOURCES) {
    const sources = [{ source, share: 1 }];
    const { cases } = await drawRetrievalCases(workspace, { count, seed, sources }, pace);
    for (const each of cases) drawn.push(each);
  }
  return drawn;
}
