import type { PackedShard } from '../packedShard.ts';
import type { ScanKernel } from './scanKernel.ts';
import type { Slab } from './scannedShard.ts';
import { SLAB_ROWS } from './slabMemory.ts';

/** Outside of these lengths single precision would lose digits, or the whole vector. */
const SHORT = 1e-15;
const LONG = 1e15;

/** Rounds a shard's rows from `first` on, as many as go into a slab, into a new one. */
export function roundRows(
  { norms, vectors }: Pick<PackedShard, 'norms' | 'vectors'>,
  first: number,
  kernel: ScanKernel,
): Slab {
  const count = Math.min(SLAB_ROWS, norms.length - first);
  const dims = vectors.length / norms.length;
  const address = kernel.memory.take();
  for (let row = 0; row < count; row++) {
    const vector = vectors.subarray((first + row) * dims, (first + row + 1) * dims);
    stage(vector, norms[first + row] ?? 0, row, kernel);
  }
  kernel.quantize(address, count);
  const { floats, residuals } = kernel.memory;
  let residual = 0;
  for (let row = 0; row < count; row++) {
    residual = Math.max(residual, floats[(address + residuals) / 4 + row] ?? 0);
  }
  return { address, first, count, residual };
}

function stage(vector: Float32Array, norm: number, row: number, { memory }: ScanKernel): void {
  const { floats, staging, inverses, width } = memory;
  const at = staging / 4 + row * width;
  const isOrdinary = norm > SHORT && norm < LONG;
  floats.set(isOrdinary ? vector : vector.map((value) => value / norm), at);
  floats[inverses / 4 + row] = isOrdinary ? 1 / norm : 1;
}
