import type { FileRecord } from '../../ports/indexRecords.ts';

/** Chunks whose vectors are held in memory at a time: 50 MB of them. */
export const BATCH_CHUNKS = 32_768;

/** Files to be embedded and staged together. */
export interface OwedBatch {
  /** Those that are still in the index. */
  readonly files: readonly FileRecord[];
  /** Those whose vectors are to be removed with them. */
  readonly gone: readonly string[];
}

/** The owed files of as many whole shards as fit a batch, so that no shard is written twice; of one shard at least. */
export function owedBatch(
  owed: ReadonlySet<string>,
  files: ReadonlyMap<string, FileRecord>,
  shardOf: (path: string) => number,
  most = BATCH_CHUNKS,
): OwedBatch {
  const byShard = Map.groupBy([...owed].sort(), shardOf);
  const batch = { files: [] as FileRecord[], gone: [] as string[] };
  let chunks = 0;
  for (const [, paths] of [...byShard].sort(([a], [b]) => a - b)) {
    const records = paths.map((path) => files.get(path)).filter((record) => record !== undefined);
    const more = records.reduce((sum, record) => sum + record.chunkCount, 0);
    if (chunks > 0 && chunks + more > most) break;
    chunks += more;
    batch.files.push(...records);
    batch.gone.push(...paths.filter((path) => !files.has(path)));
  }
  return batch;
}
