import { VectraIndexes } from '../adapters/vectra/vectraIndexes.ts';
import { createVectraReader } from '../adapters/vectra/vectraReader.ts';
import { createVectraWriter } from '../adapters/vectra/vectraWriter.ts';
import type { VectorHit, VectorItem, VectorVersion } from '../core/ports/vectors.ts';

/** Vectors alone, without files they belong to: to measure storing and finding them. */
export interface VectorPlace {
  readonly directory: string;
  readonly dims: number;
}

/** Adds vectors to those of `current`. */
export function storeVectors(
  { directory, dims }: VectorPlace,
  current: VectorVersion,
  items: readonly VectorItem[],
): Promise<VectorVersion> {
  const writer = createVectraWriter({ directory, embedder: embedderOf(dims) });
  return writer.stage(current, { removedPaths: [], items });
}

export interface VectorScan {
  query(vector: Float32Array, count: number): Promise<readonly VectorHit[]>;
  /** Rows whose true score all queries so far computed. */
  readonly lookUps: number;
  close(): Promise<void>;
}

/** The vectors as the product queries them. */
export async function openVectorScan(
  { directory, dims }: VectorPlace,
  version: VectorVersion,
): Promise<VectorScan> {
  let lookUps = 0;
  const reader = createVectraReader({
    directory,
    embedder: embedderOf(dims),
    onLookUps: (rows) => {
      lookUps += rows;
    },
  });
  await reader.refresh(version);
  return {
    query: (vector, count) => reader.query(vector, count),
    get lookUps() {
      return lookUps;
    },
    close: () => reader.close(),
  };
}

/** The same vectors as vectra queries them, shard by shard. */
export function openStockVectra(
  { directory, dims }: VectorPlace,
  version: VectorVersion,
): Pick<VectorScan, 'query'> {
  return new VectraIndexes({ directory, embedder: embedderOf(dims) }, version);
}

function embedderOf(dims: number) {
  return { id: `measured-${dims}`, dims };
}
