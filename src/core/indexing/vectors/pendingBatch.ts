import type { FileRecord } from '../../ports/indexStore.ts';
import type { VectorWriter } from '../../ports/vectors.ts';

/** Chunks whose vectors are held in memory at a time: 50 MB of them. */
export const BATCH_CHUNKS = 32_768;

/** Files to be embedded and staged together. */
export interface PendingBatch {
  /** Those that are still in the index. */
  readonly files: readonly FileRecord[];
  /** Those whose vectors are to be removed with them. */
  readonly gone: readonly string[];
}

/** The files of the next batch to be made of those that are pending. */
export function pendingBatch(
  pending: ReadonlySet<string>,
  files: ReadonlyMap<string, FileRecord>,
  writer: Pick<VectorWriter, 'batch'>,
  most = BATCH_CHUNKS,
): PendingBatch {
  const paths = writer.batch(pending, (path) => files.get(path)?.chunkCount ?? 0, most);
  return {
    files: paths.map((path) => files.get(path)).filter((record) => record !== undefined),
    gone: paths.filter((path) => !files.has(path)),
  };
}
