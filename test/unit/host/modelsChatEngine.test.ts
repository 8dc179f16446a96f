import { beforeEach, describe, expect, it } from 'vitest';
import type { LocatedAnswer } from '../../../src/host/chat/chatEngine.ts';
import { modelChatEngine } from '../../../src/host/models/modelChatEngine.ts';
import type { ResolvedModel } from '../../../src/host/models/modelStatus.ts';
import type { RankingAccess } from '../../../src/core/models/modelAccess.ts';
import type { AskOptions } from '../../../src/protocol/engine.ts';
import { english } from './modelsFixture.ts';
import { madeBy } from '../../support/madeBy.ts';

const answer: LocatedAnswer = {
  text: 'Here.',
  citations: [],
  roots: [],
  source: 'extractive',
  grounding: { checked: 0, supported: 0 },
  provenance: madeBy('extractive'),
};
const access = {
  provider: 'openai',
  model: 'gpt',
  baseUrl: 'https://api.openai.com/v1',
  apiKey: 'k',
} as const;
const ready: ResolvedModel = {
  status: { state: 'ready', choice: access, host: 'api.openai.com', hasKey: true },
  access,
};
const work = { recent: [{ root: '/a', path: 'x.ts' }], modified: [{ root: '/a', path: 'y.ts' }] };
const history = [{ question: 'a?', answer: 'b' }];

let asked: (AskOptions | undefined)[];
let cancelled: string[];

beforeEach(() => {
  asked = [];
  cancelled = [];
});

const engineWith = (resolve: () => Promise<ResolvedModel>, ranking?: RankingAccess) =>
  modelChatEngine(
    {
      ask: (_, __, options) => {
        asked.push(options);
        return Promise.resolve(answer);
      },
      cancel: (id) => cancelled.push(id),
      onAnswerPart: () => ({ dispose: () => undefined }),
    },
    { resolve, resolveRanking: () => Promise.resolve(ranking) },
    () => work,
    english,
  );

describe('a question', () => {
  it('goes with the model chosen at that moment', async () => {
    const engine = engineWith(() => Promise.resolve(ready));
    expect(await engine.ask('q', 'why?', history)).toBe(answer);
    expect(asked).toEqual([{ ...work, history, model: access }]);
  });

  it('goes with the model that ranks what is found, with or without one that answers', async () => {
    const ranking = { by: 'reranker', model: { ...access, provider: 'cohere' } } as const;
    await engineWith(() => Promise.resolve(ready), ranking).ask('q', 'why?', history);
    await engineWith(() => Promise.resolve({ status: { state: 'built-in' } }), ranking).ask('q', 'why?', []);
    expect(asked).toEqual([
      { ...work, history, model: access, ranking },
      { ...work, history: [], ranking },
    ]);
  });

  it('goes without one when none is chosen', async () => {
    const engine = engineWith(() => Promise.resolve({ status: { state: 'built-in' } }));
    expect(await engine.ask('q', 'why?', history)).toBe(answer);
    expect(asked).toEqual([{ ...work, history }]);
  });

  it('is answered without a model that cannot be used, and the answer says why', async () => {
    const problem = { kind: 'no-key', host: 'api.openai.com' } as const;
    const engine = engineWith(() =>
      Promise.resolve({ status: { state: 'unusable', wanted: 'openai:gpt', problem } }),
    );
    expect(await engine.ask('q', 'why?', [])).toMatchObject({
      text: 'Here.',
      model: { id: 'openai:gpt', problem: expect.stringContaining('needs an API key') as string },
    });
  });

  it('is answered when keys cannot be read', async () => {
    const engine = engineWith(() => Promise.reject(new Error('the keyring is locked')));
    expect((await engine.ask('q', 'why?', [])).model?.problem).toContain('the keyring is locked');
  });

  it('that is stopped while its key is looked up is never asked', async () => {
    const resolving = Promise.withResolvers<ResolvedModel>();
    const engine = engineWith(() => resolving.promise);
    const asking = engine.ask('q', 'why?', []);
    engine.cancel('q');
    resolving.resolve(ready);
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toEqual([]);
  });

  it('that is being answered is stopped by the engine', async () => {
    const engine = engineWith(() => Promise.resolve(ready));
    await engine.ask('q', 'why?', []);
    engine.cancel('q');
    expect(cancelled).toEqual(['q']);
  });
});
