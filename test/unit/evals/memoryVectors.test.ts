import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batches } from '../../../src/evals/batches.ts';
import { MemoryVectors } from '../../../src/evals/memoryVectors.ts';

const vector = (...values: readonly number[]) => Float32Array.from(values);

test('gives the nearest first, equal ones in the order of the items', async () => {
  const items = [
    { path: 'a.ts', ordinal: 0, vector: vector(0, 1) },
    { path: 'a.ts', ordinal: 1, vector: vector(1, 0) },
    { path: 'b.ts', ordinal: 0, vector: vector(1, 0) },
  ];
  const hits = await new MemoryVectors(items, 2).query(vector(1, 0), 2);
  expect(hits).toEqual([
    { path: 'a.ts', ordinal: 1, score: 1 },
    { path: 'b.ts', ordinal: 0, score: 1 },
  ]);
  expect(await new MemoryVectors([], 2).query(vector(1, 0), 2)).toEqual([]);
});

test('batches hold all texts in order', () => {
  const sizes = fc.array(fc.nat(1 << 20), { maxLength: 8 });
  fc.assert(
    fc.property(sizes, (lengths) => {
      const texts = lengths.map((length, n) => ({ path: `${n}`, text: ' '.repeat(length) }));
      const all = [...batches(texts)];
      expect(all.flat()).toEqual(texts);
      expect(all.every((batch) => batch.length > 0)).toBe(true);
    }),
    { numRuns: 20 },
  );
});
