import * as z from 'zod';
import { readJsonLines } from '../cli/jsonLines.ts';
import { readTextFile } from '../cli/readTextFile.ts';
import { UsageError } from '../cli/usageError.ts';
import { systemClock } from '../core/async/systemClock.ts';
import { createTimeSlice } from '../core/async/timeSlice.ts';
import { SegmentBuilder } from '../core/indexing/segmentBuilder.ts';
import { lsaMethod } from '../core/indexing/vectors/lsaMethod.ts';
import type { ChunkSpan } from '../core/ports/chunker.ts';
import type { Logger } from '../core/ports/runtime.ts';
import { DEFAULT_SEARCH_WEIGHTS, type SearchWeights } from '../core/retrieval/search.ts';
import { lineStarts } from '../core/text/lines.ts';
import { memoryDenseSearch } from '../evals/memoryDenseSearch.ts';
import { searchOver } from '../evals/retrievalIndex.ts';
import { comparePairs, compareSlices, type Comparison, verdict } from '../evals/statistics/comparison.ts';
import type { PairedCase } from '../evals/statistics/significance.ts';
import { ABLATIONS, mapValues, perBaseline, type PerSystem } from './ablations.ts';
import type { BenchOptions } from './benchOptions.ts';
import { crossValidate } from './crossValidation.ts';
import { rankPassages, RETRIEVAL_BASELINES, type RetrievalBaseline } from './retrievalBaselines.ts';
import type { Passage } from './baselines/passage.ts';

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
const MAX = 20;

/** Mean share of a query's right chunks among the first so many. */
interface RecallScores {
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

interface ChunkRetrievalResult extends PerSystem<RetrievalBaseline, RecallScores> {
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
    for (const query of queries) recalls.push(recallsOf(query, await search(query.query, MAX)));
    return recalls;
  };
  const rankings = rankPassages(passages);
  const ours = await measure(DEFAULT_SEARCH_WEIGHTS);
  const tuned = await mapValues(tunedSettings(), measure);
  const theirs = perBaseline(RETRIEVAL_BASELINES, (name) =>
    queries.map((query) => recallsOf(query, rankings[name].search(query.query, MAX).map(keyOf))),
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

/** Resolves to the keys of the best chunks, best first. */
type ChunkSearch = (query: string, count: number) => Promise<readonly string[]>;

/** Our search over chunks that somebody else cut; the result builds it with the weights it is given. */
async function buildChunkSearch(
  documents: ChunkedDocuments,
  log: Logger,
  signal: AbortSignal,
): Promise<(weights: SearchWeights) => Promise<ChunkSearch>> {
  const keys = new Map<string, string>();
  const builder = new SegmentBuilder();
  for (const [at, { docId, chunks }] of documents.entries()) {
    const path = wordlessPath(at);
    const { text, spans } = joined(chunks.map(({ content }) => content));
    builder.addText(path, text, spans);
    for (const [ordinal, { index }] of chunks.entries()) {
      keys.set(placeKey(path, spans[ordinal]?.startLine ?? 0), chunkKey(docId, index));
    }
  }
  const segments = [builder.build()];
  const pace = createTimeSlice(signal);
  const dense = await memoryDenseSearch(segments, lsaMethod(), { pace, signal });
  return async (weights) => {
    const search = await searchOver({ segments, dense }, { clock: systemClock, log }, { pace, weights });
    return async (query, count) => {
      const hits = await search.search(query, count, signal);
      return hits.map(({ path, startLine }) => keys.get(placeKey(path, startLine)) ?? '');
    };
  };
}

/** A path that differs from all others and has no word in it that a query could find. */
function wordlessPath(at: number): string {
  return '-'.repeat(at + 1);
}

function placeKey(path: string, startLine: number): string {
  return `${path}:${startLine}`;
}

/** Chunks one below the other, each beginning on a line of its own, and where they lie. */
function joined(contents: readonly string[]): {
  readonly text: string;
  readonly spans: readonly ChunkSpan[];
} {
  let text = '';
  let line = 1;
  const spans = contents.map((content): ChunkSpan => {
    const lines = lineStarts(content).length;
    const span = { startLine: line, endLine: line + lines - 1, startOffset: text.length };
    text += `${content}\n`;
    line += lines;
    return { ...span, endOffset: text.length };
  });
  return { text, spans };
}

/** What is tried out when the search may be tuned to the questions at hand; none of it is what users have. */
function tunedSettings(): Readonly<Record<string, SearchWeights>> {
  const settings: Record<string, SearchWeights> = {};
  for (const file of [0.4, 0.7, 1]) {
    for (const signatures of [0, 0.3, 0.5]) {
      const lexical = { ...DEFAULT_SEARCH_WEIGHTS.lexical, question: { file, signatures } };
      for (const dense of [0, 0.01, 0.05]) {
        const name = `file ${file}, definition ${signatures}, vectors ${dense}`;
        settings[name] = { ...DEFAULT_SEARCH_WEIGHTS, lexical, dense };
      }
    }
  }
  return settings;
}

const schema = z.array(
  z.object({ docId: z.string(), chunks: z.array(z.object({ index: z.int(), content: z.string() })) }),
);

/** Documents that are cut already, the chunks in order. */
type ChunkedDocuments = z.infer<typeof schema>;

/** Throws `UsageError`, with the line where it can be told, for a file that holds anything else or nothing. */
async function readChunkedDocuments(file: string): Promise<ChunkedDocuments> {
  const parsed = schema.safeParse(parseJson(await readTextFile(file), file));
  if (!parsed.success) throw new UsageError(`${file}: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.every(({ chunks }) => chunks.length === 0)) {
    throw new UsageError(`${file} holds no chunks to search.`);
  }
  return parsed.data;
}

/** Names a chunk. */
function chunkKey(docId: string, index: number): string {
  return `${docId}#${index}`;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const line = lineOfError(String(error), text);
    throw new UsageError(`${file}:${line}: this is not JSON.`, { cause: error });
  }
}

/** V8 says at which offset it stopped, and nothing when that is the end. */
function lineOfError(message: string, text: string): number {
  const [, offset = text.length] = /at position (\d+)/.exec(message) ?? [];
  return text.slice(0, Number(offset)).split('\n').length;
}
