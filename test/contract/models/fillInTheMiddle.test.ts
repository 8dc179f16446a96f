import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOpenaiCompletionModel } from '../../../src/adapters/openai/openaiCompletionModel.ts';
import { openaiProfileOf } from '../../../src/adapters/openai/openaiProfile.ts';
import type { FillRequest } from '../../../src/core/ports/models.ts';
import { parseModelEndpoint } from '../../../src/core/models/modelEndpoint.ts';
import { ModelServer } from '../../support/modelServer.ts';
import { completionsWire, openaiWire } from '../../support/modelWire.ts';
import { collect } from './providers.ts';

const request: FillRequest = {
  path: 'src/a.ts',
  prefix: 'const a = ',
  suffix: ';\n',
  context: [{ path: 'src/b.ts', text: 'export const b = 1;' }],
  maxOutputTokens: 32,
  temperature: 0,
  stop: ['\n\n'],
};

let server: ModelServer;

beforeEach(async () => {
  server = await ModelServer.start();
});

afterEach(() => server.close());

function fill(model: string, host?: string) {
  const endpoint = parseModelEndpoint(`${server.url}/v1`);
  const profile = host === undefined ? {} : { profile: openaiProfileOf(host) };
  const created = createOpenaiCompletionModel({ endpoint, model, ...profile });
  if (!created) throw new Error('no such model');
  return collect(created.complete(request, new AbortController().signal));
}

describe('a model that fills in the middle', () => {
  test('is asked with its own marks and streams what belongs there', async () => {
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(completionsWire.text('b + '));
      await exchange.send(completionsWire.text('1') + completionsWire.closing());
      exchange.end();
    });
    const { parts, error } = await fill('qwen2.5-coder:7b');
    expect(error).toBeUndefined();
    expect(parts).toEqual([
      { type: 'text', text: 'b + ' },
      { type: 'text', text: '1' },
      { type: 'usage', usage: { inputTokens: 11, cachedInputTokens: 4, outputTokens: 7 } },
      { type: 'done', stopReason: 'stop' },
    ]);
    const [exchange] = server.exchanges;
    expect(exchange?.path).toBe('/v1/completions');
    expect(exchange?.body).toMatchObject({
      model: 'qwen2.5-coder:7b',
      prompt:
        '<|file_sep|>src/b.ts\nexport const b = 1;\n<|file_sep|>src/a.ts\n' +
        '<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
      max_tokens: 32,
      temperature: 0,
      stream: true,
    });
    expect(exchange?.body['stop']).toEqual(expect.arrayContaining(['\n\n', '<|file_sep|>']));
    expect(exchange?.body).not.toHaveProperty('suffix');
  });

  test('gets prefix and suffix in fields of their own where the host wants them so', async () => {
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(openaiWire.text('b') + openaiWire.closing({ usage: false }));
      exchange.end();
    });
    expect(await fill('codestral-latest', 'codestral.mistral.ai')).toMatchObject({
      text: 'b',
      error: undefined,
    });
    expect(server.exchanges[0]?.path).toBe('/v1/fim/completions');
    expect(server.exchanges[0]?.body).toEqual({
      model: 'codestral-latest',
      prompt: 'const a = ',
      suffix: ';\n',
      max_tokens: 32,
      temperature: 0,
      stop: ['\n\n'],
      stream: true,
    });
  });

  test('is not guessed', () => {
    const endpoint = parseModelEndpoint(`${server.url}/v1`);
    expect(createOpenaiCompletionModel({ endpoint, model: 'llama-4' })).toBeUndefined();
  });

  test('fails as chat models do', async () => {
    server.answer((exchange) => exchange.cut());
    expect((await fill('qwen3-coder')).error).toMatchObject({ code: 'model-unavailable' });
  });
});

test('a stream without an empty line at its end is read to the end', async () => {
  server.answer(async (exchange) => {
    exchange.begin();
    await exchange.send(
      completionsWire.text('b') +
        completionsWire.closing({ usage: false }).split('data: [DONE]')[0]!.trimEnd(),
    );
    exchange.end();
  });
  expect(await fill('starcoder2')).toMatchObject({ text: 'b', error: undefined });
});
