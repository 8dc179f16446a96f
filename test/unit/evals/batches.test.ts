import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batches } from '../../../src/evals/batches.ts';

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
