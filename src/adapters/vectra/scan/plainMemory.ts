import type { GrowableMemory } from './slabMemory.ts';

const PAGE_BYTES = 65_536;

/** Stands for a `WebAssembly.Memory` where there is none. */
export class PlainMemory implements GrowableMemory {
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
