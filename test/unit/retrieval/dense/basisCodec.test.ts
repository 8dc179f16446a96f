import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { StoreCorruptError } from '../../../../src/core/errors/storeErrors.ts';
import type { Basis } from '../../../../src/core/lsa/basis.ts';
import { decodeBasis, encodeBasis } from '../../../../src/core/lsa/basisCodec.ts';
import { trainBasis } from '../../../../src/core/lsa/trainBasis.ts';
import { topicTexts } from './topicTexts.ts';

let basis: Basis;
beforeAll(async () => {
  const texts = [...topicTexts(60), 'größe größe 名前 名前', 'größe 名前 = "größe"'];
  basis = await trainBasis(texts, { seed: 3, pace: () => Promise.resolve() });
});

describe('basis codec', () => {
  it('gives back what was encoded, its id included', () => {
    expect(decodeBasis(encodeBasis(basis))).toEqual(basis);
    expect(basis.terms).toContain('größ');
  });

  it('reads bytes that lie anywhere in a buffer', () => {
    const bytes = encodeBasis(basis);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeBasis(shifted.subarray(3))).toEqual(basis);
  });

  it('notices any byte that changed and any that are missing', () => {
    const bytes = encodeBasis(basis);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] ?? 0) ^ change;
        expect(() => decodeBasis(damaged, 'b')).toThrow(StoreCorruptError);
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => decodeBasis(bytes.slice(0, length))).toThrow(StoreCorruptError);
      }),
      { numRuns: 50 },
    );
  });

  it('has an id that depends on all it says', () => {
    const other = encodeBasis({ ...basis, mean: basis.mean.map((value) => value + 1e-3) });
    expect(decodeBasis(other).id).not.toBe(basis.id);
    const renamed = encodeBasis({ ...basis, terms: ['renamed', ...basis.terms.slice(1)] });
    expect(decodeBasis(renamed).id).not.toBe(basis.id);
  });
});
