import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeProvider } from '../../support/fakeProvider.ts';
import { collect, providers, question } from './providers.ts';

let provider: FakeProvider;

beforeEach(async () => {
  provider = await FakeProvider.start();
});

afterEach(() => provider.close());

test.each(providers)('the fake provider plays its scripts to $name', async ({ create }) => {
  const model = create(provider.baseUrl.replace(/\/v1$/, ''));
  const ask = () => collect(model.stream(question, new AbortController().signal));
  provider.script(
    { chunks: ['a', 'b'] },
    { chunks: ['c'], ending: 'die' },
    { chunks: [], status: 503 },
    { chunks: ['d'], ending: 'hold' },
  );
  expect(await ask()).toMatchObject({ text: 'ab', error: undefined });
  expect(await ask()).toMatchObject({ text: 'c', error: { code: 'model-cut-off' } });
  expect((await ask()).error).toMatchObject({ problem: 'overloaded' });
  const stream = model.stream(question, new AbortController().signal)[Symbol.asyncIterator]();
  // Providers say at different times what a request used.
  const next = async () => {
    for (;;) {
      const read = await stream.next();
      if (read.done === true || read.value.type !== 'usage') return read;
    }
  };
  expect(await next()).toMatchObject({ value: { type: 'text', text: 'd' } });
  provider.release();
  expect(await next()).toMatchObject({ value: { type: 'done', stopReason: 'stop' } });
  expect(provider.questions).toHaveLength(4);
  expect(JSON.stringify(provider.questions[0])).toContain('What is this?');
});
