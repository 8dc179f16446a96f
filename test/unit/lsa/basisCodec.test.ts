import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { StoreCorruptError } from '../../../src/core/errors/storeErrors.ts';
import type { LsaProjection } from '../../../src/core/lsa/lsaProjection.ts';
import { decodeProjection, encodeProjection } from '../../../src/core/lsa/projectionCodec.ts';
import { trainProjection } from '../../../src/core/lsa/trainProjection.ts';
import { topicTexts } from './topicTexts.ts';

let basis: LsaProjection;
beforeAll(async () => {
  const texts = [...topicTexts(60), 'größe größe 名前 名前', 'größe 名前 = "größe"'];
  basis = await trainProjection(texts, { seed: 3, pace: () => Promise.resolve() });
});

describe('basis codec', () => {
  it('gives back what was encoded, its id included', () => {
    expect(decodeProjection(encodeProjection(basis))).toEqual(basis);
    expect(basis.terms).toContain('groß');
  });

  it('reads bytes that lie anywhere in a buffer', () => {
    const bytes = encodeProjection(basis);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeProjection(shifted.subarray(3))).toEqual(basis);
  });

  it('notices any byte that changed and any that are missing', () => {
    const bytes = encodeProjection(basis);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] ?? 0) ^ change;
        expect(() => decodeProjection(damaged, 'b')).toThrow(StoreCorruptError);
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => decodeProjection(bytes.slice(0, length))).toThrow(StoreCorruptError);
      }),
      { numRuns: 50 },
    );
  });

  it('has an id that depends on all it says', () => {
    const other = encodeProjection({ ...basis, mean: basis.mean.map((value) => value + 1e-3) });
    expect(decodeProjection(other).id).not.toBe(basis.id);
    const renamed = encodeProjection({ ...basis, terms: ['renamed', ...basis.terms.slice(1)] });
    expect(decodeProjection(renamed).id).not.toBe(basis.id);
  });
});
