import { beforeAll, describe, expect, it } from 'vitest';
import type { LsaProjection } from '../../../src/core/lsa/lsaProjection.ts';
import { createLsaEmbedder } from '../../../src/core/lsa/lsaEmbedder.ts';
import { trainProjection } from '../../../src/core/lsa/trainProjection.ts';
import { topicTexts } from './topicTexts.ts';

let basis: LsaProjection;
beforeAll(async () => {
  basis = await trainProjection(topicTexts(300), { seed: 1, pace: () => Promise.resolve() });
});

describe('createBasisEmbedder', () => {
  it('gives unit vectors, equal for equal texts in any batch', async () => {
    const embedder = createLsaEmbedder(basis);
    const [first, second] = await embedder.embed(['netbotak of the netcavim', 'payduzor']);
    const [again] = await createLsaEmbedder(basis).embed(['netbotak of the netcavim']);
    expect(embedder).toMatchObject({ id: basis.id, dims: 384 });
    expect(first).toHaveLength(384);
    expect(first).toEqual(again);
    for (const vector of [first, second]) {
      expect(vector?.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
    }
  });

  it.each(['', '+ - *', 'the of', 'zeppelin'])('gives zero where nothing is known: %j', async (text) => {
    const [vector] = await createLsaEmbedder(basis).embed([text]);
    expect(vector?.every((value) => value === 0)).toBe(true);
  });

  it('counts the terms it does not know', async () => {
    const embedder = createLsaEmbedder(basis);
    await embedder.embed(['netbotak zeppelin', 'the matlapax']);
    expect(embedder.knowledge).toEqual({ terms: 3, unknown: 1 });
  });

  it('rejects when aborted', async () => {
    const stopped = createLsaEmbedder(basis).embed(['netbotak'], AbortSignal.abort());
    await expect(stopped).rejects.toThrow(/abort/i);
  });
});
