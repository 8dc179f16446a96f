import type { ScanKernel } from './scanKernel.ts';
import type { RowSource } from './rowSource.ts';

/** Consecutive rows of a shard in one slab of the kernel's memory. */
export interface Slab {
  readonly address: number;
  /** Row of the shard that is the slab's first. */
  readonly first: number;
  readonly count: number;
  /** Greatest of the rows' residuals. */
  readonly residual: number;
}

/** One version of a shard, ready to be scanned: rounded rows in slabs, true ones where `rows` finds them. */
export interface ScannedShard {
  readonly version: number;
  readonly paths: readonly string[];
  readonly ordinals: readonly number[];
  /** Lengths of the vectors. */
  readonly norms: Float64Array;
  readonly rows: RowSource;
  /** Bytes of float rows that are kept in memory. */
  readonly keptBytes: number;
  readonly slabs: readonly Slab[];
}

/** Gives back what the shard has taken. */
export async function releaseShard(shard: ScannedShard, kernel: ScanKernel): Promise<void> {
  for (const { address } of shard.slabs) kernel.memory.give(address);
  await shard.rows.close();
}
