import type { ScanKernel } from './scanKernel.ts';
import { FOLD, type GrowableMemory, PIECE, SlabMemory } from './slabMemory.ts';

/** The kernel in JavaScript, for runtimes without SIMD in WebAssembly. The query is not rounded at all. */
export function createPlainKernel(dims: number): ScanKernel {
  const memory = new SlabMemory(dims, new PlainMemory());
  const query = new Float64Array(memory.width);
  const scoreOf = (slab: number, row: number): number => {
    const { bytes, floats, width, scales } = memory;
    let sum = 0;
    let piece = slab + memory.offsetOf(row);
    for (let first = 0; first < width; first += PIECE) {
      for (let at = 0; at < PIECE; at++) sum += (bytes[piece + at] ?? 0) * (query[first + at] ?? 0);
      piece += FOLD * PIECE;
    }
    return sum * (floats[(slab + scales) / 4 + row] ?? 0);
  };
  return {
    name: 'plain',
    memory,
    quantize(slab, count) {
      for (let row = 0; row < count; row++) quantizeRow(memory, slab, row);
    },
    setQuery(unit) {
      query.set(unit);
      return { coarse: 0, fine: 0 };
    },
    scan(slab, count) {
      const scores = (slab + memory.scores) / 4;
      let most = -Infinity;
      for (let row = 0; row < count; row++) {
        const score = Math.fround(scoreOf(slab, row));
        memory.floats[scores + row] = score;
        most = Math.max(most, score);
      }
      return most;
    },
    refine: scoreOf,
  };
}

function quantizeRow(memory: SlabMemory, slab: number, row: number): void {
  const { bytes, floats, width } = memory;
  const from = memory.staging / 4 + row * width;
  const inverse = floats[memory.inverses / 4 + row] ?? 0;
  let most = 0;
  for (let at = 0; at < width; at++) most = Math.max(most, Math.abs(floats[from + at] ?? 0));
  const first = slab + memory.offsetOf(row);
  const scale = (most * inverse) / 127;
  let lost = 0;
  for (let at = 0; at < width; at++) {
    const value = floats[from + at] ?? 0;
    const rounded = Math.round((value / most) * 127);
    bytes[first + Math.floor(at / PIECE) * FOLD * PIECE + (at % PIECE)] = rounded;
    lost += (value * inverse - rounded * scale) ** 2;
  }
  floats[(slab + memory.scales) / 4 + row] = scale;
  floats[(slab + memory.residuals) / 4 + row] = Math.sqrt(lost);
}

const PAGE_BYTES = 65_536;

/** Stands for a `WebAssembly.Memory` where there is none. */
class PlainMemory implements GrowableMemory {
  #buffer = new ArrayBuffer(0);

  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  grow(pages: number): number {
    const had = this.#buffer.byteLength / PAGE_BYTES;
    this.#buffer = this.#buffer.transfer((had + pages) * PAGE_BYTES);
    return had;
  }
}
