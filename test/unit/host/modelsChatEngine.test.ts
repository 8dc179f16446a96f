import { beforeEach, describe, expect, it } from 'vitest';
import { wholeAnswer } from '../../../src/core/chat/answer.ts';
import { modelChatEngine } from '../../../src/host/models/modelChatEngine.ts';
import type { ResolvedModel } from '../../../src/host/models/modelStatus.ts';
import type { RankingAccess } from '../../../src/core/models/modelChoice.ts';
import type { AskOptions, LocatedAnswer } from '../../../src/protocol/engine.ts';
import { english } from './modelsFixture.ts';
import { madeBy } from '../../support/madeBy.ts';

const answer: LocatedAnswer = {
  text: 'Here.',
  citations: [],
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

const never = new AbortController().signal;

let asked: AskOptions[];

beforeEach(() => {
  asked = [];
});

const engineWith = (resolve: () => Promise<ResolvedModel>, ranking?: RankingAccess) =>
  modelChatEngine(
    {
      async *ask(_, options, signal) {
        asked.push(options);
        yield { type: 'text', text: 'He' };
        await Promise.resolve();
        signal.throwIfAborted();
        yield { type: 'done', answer };
      },
    },
    { resolve, resolveRanking: () => Promise.resolve(ranking) },
    () => work,
    english,
  );

describe('a question', () => {
  it('goes with the model chosen at that moment', async () => {
    const engine = engineWith(() => Promise.resolve(ready));
    expect(await wholeAnswer(engine.ask('why?', history, never))).toBe(answer);
    expect(asked).toEqual([{ ...work, history, model: access }]);
  });

  it('goes with the model that ranks what is found, with or without one that answers', async () => {
    const ranking = { by: 'reranker', model: { ...access, provider: 'cohere' } } as const;
    const withModel = engineWith(() => Promise.resolve(ready), ranking);
    const without = engineWith(() => Promise.resolve({ status: { state: 'built-in' } }), ranking);
    await wholeAnswer(withModel.ask('why?', history, never));
    await wholeAnswer(without.ask('why?', [], never));
    expect(asked).toEqual([
      { ...work, history, model: access, ranking },
      { ...work, history: [], ranking },
    ]);
  });

  it('goes without one when none is chosen', async () => {
    const engine = engineWith(() => Promise.resolve({ status: { state: 'built-in' } }));
    expect(await wholeAnswer(engine.ask('why?', history, never))).toBe(answer);
    expect(asked).toEqual([{ ...work, history }]);
  });

  it('is answered without a model that cannot be used, and the answer says why', async () => {
    const problem = { kind: 'no-key', host: 'api.openai.com' } as const;
    const engine = engineWith(() =>
      Promise.resolve({ status: { state: 'unusable', wanted: 'openai:gpt', problem } }),
    );
    expect(await wholeAnswer(engine.ask('why?', [], never))).toMatchObject({
      text: 'Here.',
      model: { id: 'openai:gpt', problem: expect.stringContaining('needs an API key') as string },
    });
    const first = await engine.ask('why?', [], never)[Symbol.asyncIterator]().next();
    expect(first.value).toMatchObject({ type: 'notice', kind: 'model-unusable' });
  });

  it('is answered when keys cannot be read', async () => {
    const engine = engineWith(() => Promise.reject(new Error('the keyring is locked')));
    expect((await wholeAnswer(engine.ask('why?', [], never))).model?.problem).toContain(
      'the keyring is locked',
    );
  });

  it('that is stopped while its key is looked up is never asked', async () => {
    const resolving = Promise.withResolvers<ResolvedModel>();
    const controller = new AbortController();
    const asking = wholeAnswer(engineWith(() => resolving.promise).ask('why?', [], controller.signal));
    controller.abort();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
    resolving.resolve(ready);
    await resolving.promise;
    expect(asked).toEqual([]);
  });

  it('that is being answered is stopped by its signal', async () => {
    const controller = new AbortController();
    const texts: string[] = [];
    const reading = (async () => {
      for await (const event of engineWith(() => Promise.resolve(ready)).ask('why?', [], controller.signal)) {
        texts.push(event.type);
        controller.abort();
      }
    })();
    await expect(reading).rejects.toHaveProperty('name', 'AbortError');
    expect(texts).toEqual(['text']);
  });
});
