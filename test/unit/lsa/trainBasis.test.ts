import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../../src/core/ports/vectors.ts';
import { createLsaEmbedder } from '../../../src/core/lsa/lsaEmbedder.ts';
import { trainProjection } from '../../../src/core/lsa/trainProjection.ts';
import { topicTexts, topicWords } from './topicTexts.ts';

const nothing = (): Promise<void> => Promise.resolve();
const TEXTS = topicTexts(300);

async function similarity(embedder: Embedder, a: string, b: string): Promise<number> {
  const [x, y] = await embedder.embed([a, b]);
  return x?.reduce((sum, value, at) => sum + value * (y?.[at] ?? 0), 0) ?? 0;
}

describe('trainBasis', () => {
  it('brings words together that stand in the same texts', async () => {
    const embedder = createLsaEmbedder(await trainProjection(TEXTS, { seed: 1, pace: nothing }));
    const [net = '', ...others] = topicWords(0);
    const [strange = ''] = topicWords(1);
    const near = await similarity(embedder, net, others.slice(0, 20).join(' '));
    expect(near).toBeGreaterThan(0.25);
    expect(await similarity(embedder, net, strange)).toBeLessThan(near / 2);
  });

  it('is the same for the same texts and seed, and another one for another seed', async () => {
    const few = TEXTS.slice(0, 60);
    const once = await trainProjection(few, { seed: 1, pace: nothing });
    expect(await trainProjection(few, { seed: 1, pace: nothing })).toEqual(once);
    expect((await trainProjection(few, { seed: 2, pace: nothing })).id).not.toBe(once.id);
    expect(once.id).toMatchInlineSnapshot(`"basis-384-v2-b8f36032f9f61a3f"`);
  });

  it('makes do with texts that say little', async () => {
    for (const texts of [[], [''], ['one word', 'one word'], ['+ -', '* /']]) {
      const basis = await trainProjection(texts, { seed: 1, pace: nothing });
      const [vector] = await createLsaEmbedder(basis).embed(['one word more']);
      expect(vector?.every((value) => Number.isFinite(value))).toBe(true);
    }
  });

  it('lets others have their turn, and stops when aborted', async () => {
    let pauses = 0;
    const pace = (): Promise<void> => {
      pauses++;
      return nothing();
    };
    await trainProjection(TEXTS, { seed: 1, pace });
    expect(pauses).toBeGreaterThan(5);
    const controller = new AbortController();
    const stopped = trainProjection(TEXTS, {
      seed: 1,
      signal: controller.signal,
      pace: () => {
        controller.abort();
        return Promise.resolve();
      },
    });
    await expect(stopped).rejects.toThrow(/abort/i);
  });
});
