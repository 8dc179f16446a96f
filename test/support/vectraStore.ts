import type { VectorStore } from '../../src/core/ports/vectors.ts';
import { sweepShards } from '../../src/adapters/vectra/sweepShards.ts';
import { createVectraReader } from '../../src/adapters/vectra/vectraReader.ts';
import { createVectraWriter, type VectraWriterOptions } from '../../src/adapters/vectra/vectraWriter.ts';

/** Keeps vectors in vectra, in files below the directory of a folder's index. How they are cut into shards is its business alone. */
export function createVectraStore(
  directory: string,
  options: Pick<VectraWriterOptions, 'shardCount' | 'mostChunks' | 'writeFile'> = {},
): VectorStore {
  return {
    writer: (embedder) => createVectraWriter({ directory, embedder, ...options }),
    reader: (embedder) => createVectraReader({ directory, embedder, ...options }),
    sweep: (kept) => sweepShards(directory, kept),
  };
}
