import * as z from 'zod';
import type { Passage } from './baselines/passage.ts';
import { comparePairs, compareSlices, type Comparison } from '../evals/statistics/comparison.ts';
import type { PairedCase } from '../evals/statistics/pairedCase.ts';
import { verdict } from '../evals/statistics/verdict.ts';
import { DEFAULT_SEARCH_WEIGHTS, type SearchWeights } from '../core/retrieval/searchWeights.ts';
import { readJsonLines } from '../cli/jsonLines.ts';
import { UsageError } from '../cli/usageError.ts';
import { ABLATIONS } from './ablations.ts';
import type { BenchOptions } from './benchOptions.ts';
import { crossValidate } from './crossValidation.ts';
import { mapValues } from './mapValues.ts';
import { perBaseline, type PerSystem } from './perSystem.ts';
import { chunkKey, readChunkedDocuments, type ChunkedDocuments } from './chunkedDocuments.ts';
import { buildChunkSearch } from './chunkSearch.ts';
import { tunedSettings } from './tunedSettings.ts';
import { rankPassages, RETRIEVAL_BASELINES, type RetrievalBaseline } from './retrievalBaselines.ts';

const querySchema = z.object({
  id: z.string(),
  query: z.string(),
  gold: z.array(z.object({ docId: z.string(), chunkIndex: z.int() })).min(1),
});

type Query = z.infer<typeof querySchema>;

async function readQueries(file: string, documents: ChunkedDocuments): Promise<readonly Query[]> {
  const keys = new Set(
    documents.flatMap(({ docId, chunks }) => chunks.map(({ index }) => chunkKey(docId, index))),
  );
  const known = querySchema.refine(
    ({ gold }) => gold.every(({ docId, chunkIndex }) => keys.has(chunkKey(docId, chunkIndex))),
    { error: 'names a chunk in gold that no document has', path: ['gold'] },
  );
  const queries = await readJsonLines(file, known);
  if (queries.length === 0) throw new UsageError(`${file} holds no queries.`);
  return queries;
}

const DEPTHS = [5, 10, 20] as const;
const MOST = 20;

/** Mean share of a query's right chunks among the first so many. */
export interface RecallScores {
  readonly recall: Readonly<Record<`@${(typeof DEPTHS)[number]}`, number>>;
}

interface CrossValidation extends RecallScores {
  /** Standard deviation of the folds. */
  readonly deviation: RecallScores['recall'];
  readonly folds: number;
  readonly seed: number;
  /** The setting chosen without each fold. */
  readonly chosen: readonly string[];
}

export interface ChunkRetrievalResult extends PerSystem<RetrievalBaseline, RecallScores> {
  /** Queries. */
  readonly n: number;
  readonly chunks: number;
  /** The mean share when weights are tuned to four fifths of the queries and measured on the rest; see `crossValidation.ts`. */
  readonly crossValidation: CrossValidation;
  /** By what is left out of ours: recall@10 with it (`ours`) and without (`theirs`). */
  readonly worth?: Readonly<Record<string, Comparison>>;
  /** recall@10 of ours against each baseline, case by case; clustered by document. */
  readonly versus: Readonly<Record<RetrievalBaseline, Comparison & { readonly verdict: string }>>;
}

/** Ranks given chunks for given queries, with nothing but their text: documents have no path. */
export async function chunkRetrievalBench(
  files: { readonly documents: string; readonly queries: string },
  { seed, log, signal, ablation = false }: BenchOptions,
): Promise<ChunkRetrievalResult> {
  const documents = await readChunkedDocuments(files.documents);
  const queries = await readQueries(files.queries, documents);
  const passages = documents.flatMap(({ docId, chunks }) =>
    chunks.map(({ index, content }): Passage => ({
      path: docId,
      startLine: index,
      endLine: index,
      text: content,
    })),
  );
  const searchWith = await buildChunkSearch(documents, log, signal);
  const measure = async (weights: SearchWeights): Promise<readonly (readonly number[])[]> => {
    const search = await searchWith(weights);
    const recalls: (readonly number[])[] = [];
    for (const query of queries) recalls.push(recallsOf(query, await search(query.query, MOST)));
    return recalls;
  };
  const rankings = rankPassages(passages);
  const ours = await measure(DEFAULT_SEARCH_WEIGHTS);
  const tuned = await mapValues(tunedSettings(), measure);
  const theirs = perBaseline(RETRIEVAL_BASELINES, (name) =>
    queries.map((query) => recallsOf(query, rankings[name].search(query.query, MOST).map(keyOf))),
  );
  const pairs = (others: readonly (readonly number[])[]): readonly PairedCase[] =>
    queries.map(({ gold }, at) => ({
      cluster: gold[0]?.docId ?? '',
      ours: ours[at]?.[1] ?? 0,
      theirs: others[at]?.[1] ?? 0,
    }));
  return {
    n: queries.length,
    chunks: passages.length,
    ours: scoresOf(ours),
    crossValidation: validated(tuned, seed),
    ...(ablation && {
      worth: compareSlices(
        await mapValues(ABLATIONS, async (weights) => pairs(await measure(weights))),
        seed,
      ),
    }),
    baselines: perBaseline(RETRIEVAL_BASELINES, (name) => scoresOf(theirs[name])),
    versus: perBaseline(RETRIEVAL_BASELINES, (name) => {
      const comparison = comparePairs(pairs(theirs[name]), seed);
      return { ...comparison, verdict: verdict(comparison) };
    }),
  };
}

function keyOf({ path, startLine }: Passage): string {
  return chunkKey(path, startLine);
}

function recallsOf({ gold }: Query, hits: readonly string[]): readonly number[] {
  const wanted = new Set(gold.map(({ docId, chunkIndex }) => chunkKey(docId, chunkIndex)));
  return DEPTHS.map((depth) => hits.slice(0, depth).filter((hit) => wanted.has(hit)).length / wanted.size);
}

function validated(
  measured: Readonly<Record<string, readonly (readonly number[])[]>>,
  seed: number,
): CrossValidation {
  const { folds, mean, deviation, chosen } = crossValidate(measured, seed);
  return { recall: byDepth(mean), deviation: byDepth(deviation), folds, seed, chosen };
}

function byDepth([at5 = 0, at10 = 0, at20 = 0]: readonly number[]): RecallScores['recall'] {
  return { '@5': at5, '@10': at10, '@20': at20 };
}

function scoresOf(recalls: readonly (readonly number[])[]): RecallScores {
  const mean = (at: number): number =>
    recalls.reduce((sum, each) => sum + (each[at] ?? 0), 0) / Math.max(1, recalls.length);
  return { recall: byDepth([mean(0), mean(1), mean(2)]) };
}
