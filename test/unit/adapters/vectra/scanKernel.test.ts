import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availableKernels, createKernel } from '../../../../src/adapters/vectra/scan/createKernel.ts';
import { roundRows } from '../../../../src/adapters/vectra/scan/loadShard.ts';
import { SLAB_ROWS } from '../../../../src/adapters/vectra/scan/slabMemory.ts';

const DIMS = 37;
/** What single precision may add. */
const SLACK = 2e-6;

const lengthOf = (vector: ArrayLike<number>) =>
  Math.sqrt(Array.from(vector).reduce((sum, x) => sum + x * x, 0));

const vectors = fc
  .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: DIMS, maxLength: DIMS })
  .map((values) => Float32Array.from(values))
  .filter((vector) => lengthOf(vector) > 0);

describe.each(availableKernels())('the %s kernel', (name) => {
  it('errs by no more than it says, whatever the vectors', () => {
    const kernel = createKernel(DIMS, name);
    fc.assert(
      fc.property(fc.array(vectors, { minLength: 1, maxLength: 12 }), vectors, (rows, query) => {
        const norms = Float64Array.from(rows, lengthOf);
        const all = Float32Array.from(rows.flatMap((row) => [...row]));
        const slab = roundRows({ norms, vectors: all }, 0, kernel);
        const unit = Float64Array.from(query).map((value) => value / lengthOf(query));
        const error = kernel.setQuery(unit);
        const greatest = kernel.scan(slab.address, slab.count);
        const { floats, scores, residuals } = kernel.memory;
        const coarse = rows.map((_, at) => floats[(slab.address + scores) / 4 + at] ?? NaN);
        expect(greatest).toBeGreaterThanOrEqual(Math.max(...coarse));
        for (const [at, row] of rows.entries()) {
          const truth = row.reduce((sum, value, dim) => sum + (value / norms[at]!) * unit[dim]!, 0);
          const residual = (floats[(slab.address + residuals) / 4 + at] ?? NaN) * 1.001;
          expect(residual).toBeLessThanOrEqual(slab.residual * 1.001);
          const within = (bound: number) => residual + bound * (1 + residual) + SLACK;
          expect(Math.abs(coarse[at]! - truth)).toBeLessThanOrEqual(within(error.coarse));
          expect(Math.abs(kernel.refine(slab.address, at) - truth)).toBeLessThanOrEqual(within(error.fine));
        }
        kernel.memory.give(slab.address);
      }),
      { numRuns: 200 },
    );
  });

  it('loses little of ordinary vectors', () => {
    const kernel = createKernel(384, name);
    const row = Float32Array.from({ length: 384 }, (_, at) => Math.sin(at * at));
    const slab = roundRows({ norms: Float64Array.of(lengthOf(row)), vectors: row }, 0, kernel);
    const { coarse, fine } = kernel.setQuery(Float64Array.from(row).map((value) => value / lengthOf(row)));
    expect(slab.residual).toBeLessThan(0.005);
    expect(coarse).toBeLessThan(0.01);
    expect(fine).toBeLessThan(0.0001);
    expect(kernel.scan(slab.address, 1)).toBeCloseTo(1, 2);
    expect(kernel.refine(slab.address, 0)).toBeCloseTo(1, 3);
  });

  it('gives out slabs that do not overlap, and given back ones first', () => {
    const { memory } = createKernel(DIMS, name);
    const slabs = Array.from({ length: 400 }, () => memory.take());
    const sorted = slabs.toSorted((a, b) => a - b);
    const bytes = sorted[1]! - sorted[0]!;
    expect(bytes).toBeGreaterThanOrEqual(SLAB_ROWS * (memory.width + 16));
    for (const [at, address] of sorted.entries()) expect(address).toBe(sorted[0]! + at * bytes);
    expect(memory.bytes.byteLength).toBeGreaterThanOrEqual(sorted.at(-1)! + bytes);
    memory.give(slabs[7]!);
    expect(memory.take()).toBe(slabs[7]);
  });
});
