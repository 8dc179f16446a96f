import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../cli/usageError.ts';
import type { Logger } from '../core/ports/runtime.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { AS_QUERY_WORKER, type AskBenchResult } from './askBench.ts';
import { assertMeasurable, type BenchOptions, openSearchLegs } from './benchOptions.ts';
import {
  type FirstIndexBenchResult,
  type ImageBenchResult,
  medianStart,
  type StartBenchResult,
} from './startBench.ts';
import { loadCases } from './loadCases.ts';
import { givenText, materialFiles, writeMaterials } from './peerMaterials.ts';
import { pickFiles } from './pickFiles.ts';
import { PlainScan } from './plainScan.ts';
import { runSelf } from './runSelf.ts';
import type { SaveBenchResult } from './saveBench.ts';
import {
  readOriginals,
  scaledFiles,
  type ScaledSize,
  WorkspaceContents,
  writeWorkspace,
} from './scaledWorkspace.ts';
import { readStoredChunks, type StoredChunk } from './storedChunks.ts';

const QUESTIONS = 200;
const SAVES = 5;

/** What Touchstone does in the workspace that other stores are measured in. */
export interface PeersBenchResult {
  readonly asked: ScaledSize;
  readonly seed: number;
  readonly files: number;
  readonly chunks: number;
  readonly megabytes: number;
  /** Chunks that have a vector: these are what other stores are given. */
  readonly given: number;
  readonly dims: number;
  readonly firstIndex: FirstIndexBenchResult;
  readonly image: ImageBenchResult;
  readonly start: Pick<StartBenchResult, 'openMs' | 'answeredMs'>;
  readonly ask: AskBenchResult;
  /** Share of the ten nearest chunks that are found, whose equals count as well. */
  readonly recallAt10: number;
  readonly save: SaveBenchResult;
}

/**
 * Makes a workspace of the code in some folders below `store`, measures Touchstone in it, and leaves in `store/given` what
 * it takes to measure other stores on the same: chunks, vectors, questions and files to save (see `MaterialFiles`).
 */
export async function peersBench(
  roots: readonly string[],
  size: ScaledSize,
  options: BenchOptions & { readonly store: string },
): Promise<PeersBenchResult> {
  const { store: base, seed, signal } = options;
  const originals = await readOriginals(roots, seed, signal);
  assertMeasurable(originals.length, 'files to index', roots.join(', '));
  const config = { root: join(base, 'workspace'), store: join(base, 'store') };
  await mkdir(config.root, { recursive: true });
  const contents = new WorkspaceContents();
  await writeWorkspace(config.root, contents.counting(scaledFiles(originals, size, seed)), signal);
  const { megabytes } = contents;
  const args = ['--store', config.store, '--seed', `${seed}`];
  const run = <Result>(what: string, ...more: readonly string[]): Promise<Result> =>
    runSelf([what, config.root, ...args, ...more], signal);
  const firstIndex = await run<FirstIndexBenchResult>('first-index');
  const image = await run<ImageBenchResult>('image');
  const given = await giveAway(join(base, 'given'), config, options);
  const { questions } = materialFiles(join(base, 'given'));
  return {
    ...{ asked: size, seed, megabytes, ...given },
    ...{ files: firstIndex.files, chunks: firstIndex.chunks, firstIndex, image },
    start: await medianStart(() => run('start')),
    ask: await runSelf(['ask', config.root, ...args, '--queries', questions], signal, AS_QUERY_WORKER),
    save: await run('save'),
  };
}

/** Writes what other stores are given, and asks our own vectors what they will be asked. */
async function giveAway(
  folder: string,
  config: FolderConfig,
  { log, seed, cases: count = QUESTIONS, signal }: BenchOptions,
): Promise<Pick<PeersBenchResult, 'given' | 'dims' | 'recallAt10'>> {
  const stored = await readStoredChunks(config, log);
  if (stored === undefined) throw new UsageError(`${config.root} is too small to have vectors.`);
  const { chunks, embedder } = stored;
  const paths = [...new Set(chunks.map(({ path }) => path))];
  const { questions: drawn } = await loadCases(config.root, paths, { count, seed, signal });
  const vectors = await embedder.embed(drawn, signal);
  // Nothing is near to a question of unknown words.
  const known = vectors.map((vector) => vector.some((value) => value !== 0));
  const questions = drawn.filter((_, at) => known[at]);
  const questionVectors = vectors.filter((_, at) => known[at]);
  assertMeasurable(questions.length, 'questions to ask', config.root);
  const { least, recall } = await trueNearest(config, { chunks, questions, questionVectors }, log);
  await writeMaterials(folder, config.root, {
    chunks,
    questions: questions.map((text, at) => ({ ...givenText(text), least: least[at] ?? 0 })),
    questionVectors,
    saved: new Set(
      pickFiles(
        paths.map((path) => ({ path })),
        SAVES,
        seed,
      ).map(({ path }) => path),
    ),
  });
  return { given: chunks.length, dims: embedder.dims, recallAt10: recall };
}

const HITS = 10;
/** How much sums of the same products may differ by the order in which they are added. */
const ROUNDING = 1e-5;

interface TrueNearest {
  /** Of each question, the score of the last of its nearest chunks. */
  readonly least: readonly number[];
  /** Share of the nearest chunks that our own search finds; a chunk that is as near as the last of them counts. */
  readonly recall: number;
}

/** Compares every question with every chunk, and the index's own answers with that. */
async function trueNearest(
  config: FolderConfig,
  asked: {
    readonly chunks: readonly StoredChunk[];
    readonly questions: readonly string[];
    readonly questionVectors: readonly Float32Array[];
  },
  log: Logger,
): Promise<TrueNearest> {
  const dims = asked.questionVectors[0]?.length ?? 0;
  const rows = new Float32Array(asked.chunks.length * dims);
  for (const [at, { vector }] of asked.chunks.entries()) rows.set(vector, at * dims);
  const scan = new PlainScan(rows, dims);
  const legs = await openSearchLegs(config, log);
  const least: number[] = [];
  let [found, wanted] = [0, 0];
  try {
    for (const [at, question] of asked.questions.entries()) {
      const vector = asked.questionVectors[at] ?? new Float32Array(dims);
      const nearest = scan.query(vector, HITS);
      const last = scan.score(nearest.at(-1) ?? 0, vector);
      const hits = await legs.dense(question, HITS);
      found += hits.filter(({ score }) => score >= last - ROUNDING).length;
      wanted += nearest.length;
      least.push(last);
    }
  } finally {
    await legs.close();
  }
  return { least, recall: found / Math.max(1, wanted) };
}
