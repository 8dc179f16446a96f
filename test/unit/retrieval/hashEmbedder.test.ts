import { describe, expect, it } from 'vitest';
import { createHashEmbedder } from '../../../src/core/retrieval/hashEmbedder.ts';

async function similarity(a: string, b: string): Promise<number> {
  const [x, y] = await createHashEmbedder().embed([a, b]);
  return x?.reduce((sum, value, at) => sum + value * (y?.[at] ?? 0), 0) ?? 0;
}

describe('createHashEmbedder', () => {
  it('gives unit vectors of its dims, equal for equal texts in any batch', async () => {
    const embedder = createHashEmbedder();
    const [first, second] = await embedder.embed(['parseJson(text)', 'openSocket']);
    const [again] = await createHashEmbedder().embed(['parseJson(text)']);
    expect(first).toHaveLength(embedder.dims);
    expect(first).toEqual(again);
    expect(first).not.toEqual(second);
    for (const vector of [first, second]) {
      expect(vector?.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
    }
  });

  it.each(['', ' \n', '+ - *', 'the of'])('gives zero for a text that says nothing: %j', async (text) => {
    const [vector] = await createHashEmbedder().embed([text]);
    expect(vector?.every((value) => value === 0)).toBe(true);
  });

  it('sees likeness through spelling, and none between strangers', async () => {
    const misspelt = await similarity('tokenizer', 'tokeniser');
    expect(misspelt).toBeGreaterThan(0.05);
    expect(await similarity('parse json config', 'loadJsonConfig')).toBeGreaterThan(0.4);
    expect(Math.abs(await similarity('parse json config', 'socket retry backoff'))).toBeLessThan(0.15);
  });

  it('keeps its vectors as long as it keeps its id', async () => {
    const [vector] = await createHashEmbedder().embed(['stable']);
    const set = [...(vector ?? [])].flatMap((value, at) => (value === 0 ? [] : [at]));
    expect(set).toMatchInlineSnapshot(`
      [
        12,
        177,
        183,
        192,
        211,
        242,
        279,
        333,
        379,
      ]
    `);
  });

  it('rejects when aborted', async () => {
    await expect(createHashEmbedder().embed(['a'], AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
