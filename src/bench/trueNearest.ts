import type { Logger } from '../core/ports/runtime.ts';
import { openSearchLegs } from './searchLegs.ts';
import type { StoredChunk } from './storedChunks.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { PlainScan } from './plainScan.ts';

const HITS = 10;
/** How much sums of the same products may differ by the order in which they are added. */
const ROUNDING = 1e-5;

export interface TrueNearest {
  /** Of each question, the score of the last of its nearest chunks. */
  readonly least: readonly number[];
  /** Share of the nearest chunks that our own search finds; a chunk that is as near as the last of them counts. */
  readonly recall: number;
}

/** Compares every question with every chunk, and the index's own answers with that. */
export async function trueNearest(
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
