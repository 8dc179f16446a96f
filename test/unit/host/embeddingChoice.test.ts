import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelAccess } from '../../../src/core/models/modelChoice.ts';
import { IndexStatusBoard } from '../../../src/host/indexStatus/indexStatusBoard.ts';
import { EmbeddingChoice, type EmbeddingOffer } from '../../../src/host/models/embeddingChoice.ts';

const openai: ModelAccess = {
  provider: 'openai',
  model: 'text-embedding-3-small',
  baseUrl: 'https://api.openai.com/v1',
  apiKey: 'k',
};
const own: ModelAccess = { provider: 'compatible', model: 'nomic', baseUrl: 'http://localhost:11434/v1' };
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

let board: IndexStatusBoard;
let access: ModelAccess | undefined;
let agreed: string | undefined;
let answer: boolean;
let offers: EmbeddingOffer[];
let change: () => void;
let changes: number;
let choice: EmbeddingChoice;

beforeEach(() => {
  board = new IndexStatusBoard();
  board.setFolders(['/a']);
  agreed = undefined;
  answer = true;
  offers = [];
  changes = 0;
  choice = new EmbeddingChoice({
    resolve: () => Promise.resolve(access),
    onChange: (listener) => {
      change = listener;
      return { dispose: () => undefined };
    },
    board,
    agreed: {
      get: () => agreed,
      set: (value) => {
        agreed = value;
        return Promise.resolve();
      },
    },
    ask: (offer) => {
      offers.push(offer);
      return Promise.resolve(answer);
    },
    cache: '/cache',
  });
  choice.onChange(() => changes++);
});

const indexed = async (chunks: number) => {
  board.set('/a', { state: 'ready', files: 1, chunks, skipped: [], elapsedMs: 1 });
  await settle();
};

describe('the model that makes vectors', () => {
  it('is built in unless another is chosen', async () => {
    access = undefined;
    expect(await choice.config()).toBeUndefined();
    await indexed(1000);
    expect(offers).toEqual([]);
  });

  it('gets code only after somebody agreed, knowing how much it is and what it costs', async () => {
    access = openai;
    expect(await choice.config()).toBeUndefined();
    expect(offers).toEqual([]);
    await indexed(10_000);
    expect(offers).toEqual([
      { model: 'openai:text-embedding-3-small', host: 'api.openai.com', tokens: 3_000_000, cost: 0.06 },
    ]);
    expect(changes).toBe(1);
    expect(await choice.config()).toEqual({ model: openai, cache: '/cache' });
  });

  it('says that its price is not known rather than that it costs nothing', async () => {
    access = { ...openai, model: 'brand-new' };
    await choice.config();
    await indexed(10);
    expect(offers).toMatchObject([{ cost: null }]);
  });

  it('is not offered again in this window once it was declined', async () => {
    access = openai;
    answer = false;
    await choice.config();
    await indexed(10);
    await indexed(11);
    change();
    await settle();
    expect(offers).toHaveLength(1);
    expect(changes).toBe(0);
    expect(await choice.config()).toBeUndefined();
  });

  it('needs another agreement at another address', async () => {
    access = openai;
    agreed = 'openai:text-embedding-3-small at api.openai.com';
    expect(await choice.config()).toBeDefined();
    access = { ...openai, baseUrl: 'https://gateway.example/v1' };
    await indexed(10);
    answer = false;
    change();
    await settle();
    expect(changes).toBe(1);
    expect(await choice.config()).toBeUndefined();
    expect(offers).toMatchObject([{ host: 'gateway.example' }]);
  });

  it('on this machine needs no agreement', async () => {
    access = own;
    expect(await choice.config()).toEqual({ model: own, cache: '/cache' });
    await indexed(10);
    expect(offers).toEqual([]);
  });

  it('is changed with its key', async () => {
    access = own;
    await choice.config();
    change();
    await settle();
    expect(changes).toBe(0);
    access = { ...own, apiKey: 'new' };
    change();
    await settle();
    expect(changes).toBe(1);
  });
});
