import { READ_MEMORY_WASM } from './readMemoryWasm.ts';

const PAGE_BYTES = 65_536;
/** Far more than any cache holds. */
const BYTES = 256 * 2 ** 20;
const RUNS = 10;

/** Bytes that one thread of this machine can read from memory in a millisecond, the best of ten runs. */
export function readBandwidth(): number {
  const module = new WebAssembly.Module(Uint8Array.from(Buffer.from(READ_MEMORY_WASM, 'base64')));
  const { memory, read } = new WebAssembly.Instance(module).exports as {
    readonly memory: WebAssembly.Memory;
    readonly read: (at: number, bytes: number) => number;
  };
  memory.grow(BYTES / PAGE_BYTES - 1);
  // Pages that were never written to are all one page.
  new Uint8Array(memory.buffer).fill(1);
  let fastest = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    read(0, BYTES);
    fastest = Math.min(fastest, performance.now() - started);
  }
  return BYTES / fastest;
}
