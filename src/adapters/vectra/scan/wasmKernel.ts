import type { QueryError, ScanKernel } from './scanKernel.ts';
import { SCAN_RELAXED_WASM } from './scanRelaxedWasm.ts';
import { SCAN_WASM } from './scanWasm.ts';
import { FOLD, SlabMemory } from './slabMemory.ts';

type Quantize = (
  ...numbers: [
    from: number,
    inverses: number,
    count: number,
    dims: number,
    rows: number,
    scales: number,
    sums: number,
    residuals: number,
  ]
) => void;
type Scan = (
  ...numbers: [
    query: number,
    rows: number,
    scales: number,
    scores: number,
    count: number,
    dims: number,
    factor: number,
    lane: number,
  ]
) => number;
type ScanRelaxed = (
  ...numbers: [
    query: number,
    rows: number,
    scales: number,
    sums: number,
    scores: number,
    count: number,
    dims: number,
    factor: number,
  ]
) => number;

/** The relaxed instruction takes seven bits of the query: 63 to either side of 64, which stands for nothing. */
const NARROW_MAX = 63;
const NARROW_NOTHING = 64;
const ROW_MAX = 127;
const INT16_MAX = 32_767;
const INT32_MAX = 2_147_483_647;

/** Whether this runtime has what the kernel needs. */
export function hasSimd(): boolean {
  return 'WebAssembly' in globalThis && WebAssembly.validate(bytesOf(SCAN_WASM));
}

export function hasRelaxedSimd(): boolean {
  return hasSimd() && WebAssembly.validate(bytesOf(SCAN_RELAXED_WASM));
}

/** The kernel in WebAssembly: sixteen products at a time, or with `isRelaxed` as many as the processor has. */
export function createWasmKernel(dims: number, isRelaxed: boolean): ScanKernel {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const slabs = new SlabMemory(dims, memory);
  const plain = instantiate(SCAN_WASM, memory) as { readonly quantize: Quantize; readonly scan: Scan };
  const { width, scales, sums, residuals, scores } = slabs;
  const wideMost = Math.min(INT16_MAX, Math.floor(INT32_MAX / (ROW_MAX * width)));
  let wide = { factor: 0, error: 0 };
  const scanWide = (slab: number, row: number, count: number): number =>
    plain.scan(
      slabs.wideQuery,
      slab + slabs.offsetOf(row),
      slab + scales + 4 * row,
      slab + scores + 4 * row,
      count,
      width,
      wide.factor,
      row % FOLD,
    );
  const kernel: ScanKernel = {
    name: 'simd',
    memory: slabs,
    quantize(slab, count) {
      const { staging, inverses } = slabs;
      plain.quantize(staging, inverses, count, width, slab, slab + scales, slab + sums, slab + residuals);
    },
    setQuery(unit) {
      wide = roundQuery(unit, wideMost, new Int16Array(memory.buffer, slabs.wideQuery, width));
      return { coarse: wide.error, fine: wide.error };
    },
    scan: (slab, count) => scanWide(slab, 0, count),
    refine: (slab, row) => scanWide(slab, row, 1),
  };
  return isRelaxed ? relaxed(kernel, memory) : kernel;
}

/** Scans with the relaxed instruction and refines as before. */
function relaxed(kernel: ScanKernel, memory: WebAssembly.Memory): ScanKernel {
  const slabs = kernel.memory;
  const { scan } = instantiate(SCAN_RELAXED_WASM, memory) as { readonly scan: ScanRelaxed };
  const { width, scales, sums, scores, narrowQuery } = slabs;
  let factor = 0;
  return {
    ...kernel,
    name: 'relaxed-simd',
    setQuery(unit): QueryError {
      const { fine } = kernel.setQuery(unit);
      const query = new Int8Array(memory.buffer, narrowQuery, width);
      const narrow = roundQuery(unit, NARROW_MAX, query, NARROW_NOTHING);
      ({ factor } = narrow);
      return { coarse: narrow.error, fine };
    },
    scan: (slab, count) =>
      scan(narrowQuery, slab, slab + scales, slab + sums, slab + scores, count, width, factor),
  };
}

function instantiate(base64: string, memory: WebAssembly.Memory): object {
  return new WebAssembly.Instance(new WebAssembly.Module(bytesOf(base64)), { scan: { memory } }).exports;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

/** A unit vector as whole numbers from -`most` to `most`. */
interface RoundedQuery {
  /** What one of the whole numbers stands for. */
  readonly factor: number;
  /** Length of what rounding took. */
  readonly error: number;
}

/** Writes the whole numbers, each with `offset` added, to the beginning of `out`. */
function roundQuery(unit: Float64Array, most: number, out: Int16Array | Int8Array, offset = 0): RoundedQuery {
  let greatest = 0;
  for (const value of unit) greatest = Math.max(greatest, Math.abs(value));
  const factor = greatest / most;
  let lost = 0;
  for (let at = 0; at < unit.length; at++) {
    const value = unit[at] ?? 0;
    const rounded = Math.round(value / factor);
    out[at] = rounded + offset;
    lost += (value - rounded * factor) ** 2;
  }
  return { factor, error: Math.sqrt(lost) };
}
