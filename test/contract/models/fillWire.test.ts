import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProviderModels, type ProviderModels } from '../../../src/engine/models/providerModels.ts';
import type { ModelAccess, ModelProvider } from '../../../src/core/models/modelChoice.ts';
import type { FillRequest } from '../../../src/core/ports/models.ts';
import { type Answer, ModelServer } from '../../support/modelServer.ts';
import { anthropicWire, completionsWire, openaiWire } from '../../support/modelWire.ts';
import { collect } from './providers.ts';

const request: FillRequest = {
  path: 'src/a.ts',
  prefix: 'import { b } from "./b";\nconst a = ',
  suffix: ';\nfinish();\n',
  context: [{ path: 'src/b.ts', text: 'export const b = 1;' }],
  maxOutputTokens: 32,
  temperature: 0,
};

let server: ModelServer;
let models: ProviderModels;
let said: string[];

beforeEach(async () => {
  server = await ModelServer.start();
  said = [];
  const note = (message: string) => void said.push(message);
  models = createProviderModels({ debug: () => undefined, info: note, warn: note, error: note });
});

afterEach(() => server.close());

const json =
  (status: number, body: unknown): Answer =>
  ({ response }) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

const writes =
  (text: string, wire = openaiWire): Answer =>
  async (exchange) => {
    exchange.begin();
    await exchange.send(wire.opening + wire.text(text) + wire.closing());
    exchange.end();
  };

/** Answers each address in its own way, all others with 404. */
function serve(answers: Readonly<Record<string, Answer>>): void {
  server.answer((exchange) => (answers[exchange.path] ?? json(404, { error: 'not found' }))(exchange));
}

function fill(provider: ModelProvider, model: string, base = '/v1', asked = request) {
  const access: ModelAccess = { provider, model, baseUrl: `${server.url}${base}`, apiKey: 'sk-1' };
  return collect(models.completion(access).complete(asked, new AbortController().signal));
}

const paths = () => server.exchanges.map(({ path }) => path);
const lastBody = () => server.exchanges.at(-1)?.body;

describe('endpoints that fill in the middle', () => {
  test('Mistral: prompt and suffix at /fim/completions', async () => {
    serve({ '/v1/fim/completions': writes('b') });
    expect(await fill('mistral', 'codestral-latest')).toMatchObject({ text: 'b', error: undefined });
    expect(server.exchanges[0]?.headers.authorization).toBe('Bearer sk-1');
    expect(lastBody()).toEqual({
      model: 'codestral-latest',
      prompt: request.prefix,
      suffix: request.suffix,
      max_tokens: 32,
      temperature: 0,
      stream: true,
    });
  });

  test.each(['', '/v1', '/beta'])(
    'DeepSeek: at /beta/completions, whatever stands at the end: %j',
    async (base) => {
      serve({ '/beta/completions': writes('b', completionsWire) });
      const stop = Array.from({ length: 20 }, (_, index) => `stop ${index}`);
      expect(await fill('deepseek', 'deepseek-chat', base, { ...request, stop })).toMatchObject({
        text: 'b',
      });
      expect(lastBody()).toEqual({
        model: 'deepseek-chat',
        prompt: request.prefix,
        suffix: request.suffix,
        max_tokens: 32,
        temperature: 0,
        stop: stop.slice(0, 16),
        stream: true,
        stream_options: { include_usage: true },
      });
    },
  );

  test('Inception: Mercury, with a mark for an empty suffix', async () => {
    serve({ '/v1/fim/completions': writes('b') });
    expect(await fill('inception', 'mercury-edit-2', '/v1', { ...request, suffix: '' })).toMatchObject({
      text: 'b',
    });
    expect(lastBody()).toEqual({
      model: 'mercury-edit-2',
      prompt: request.prefix,
      suffix: '<|endoftext|>',
      max_tokens: 32,
      temperature: 0,
      stop: ['\n\n'],
      stream: true,
    });
  });

  test.each([
    ['mistral', 'mistral-large-latest'],
    ['deepseek', 'deepseek-reasoner'],
    ['inception', 'mercury-2'],
  ] as const)('%s: %s cannot, and is asked as a chat model', async (provider, model) => {
    serve({ '/v1/chat/completions': writes('<code>\nconst a = b;\n</code>') });
    expect(await fill(provider, model)).toMatchObject({ text: 'b', error: undefined });
  });
});

describe('a server of one’s own', () => {
  const lines =
    (...values: readonly unknown[]): Answer =>
    async (exchange) => {
      exchange.begin({ 'content-type': 'application/x-ndjson' });
      for (const value of values) await exchange.send(`${JSON.stringify(value)}\n`);
      exchange.end();
    };
  const withSuffix = json(200, { template: '{{ .Prompt }}{{ if .Suffix }}…{{ end }}', details: {} });

  test('Ollama: by the suffix of its template', async () => {
    serve({
      '/api/show': withSuffix,
      '/api/generate': lines(
        { response: 'b + ', done: false },
        { response: '1', done: false },
        { response: '', done: true, done_reason: 'stop', prompt_eval_count: 11, eval_count: 7 },
      ),
    });
    const { parts, error } = await fill('compatible', 'qwen2.5-coder:7b');
    expect(error).toBeUndefined();
    expect(parts).toEqual([
      { type: 'text', text: 'b + ' },
      { type: 'text', text: '1' },
      { type: 'usage', usage: { inputTokens: 11, outputTokens: 7 } },
      { type: 'done', stopReason: 'stop' },
    ]);
    expect(paths()).toEqual(['/api/show', '/api/generate']);
    expect(server.exchanges[0]?.body).toEqual({ model: 'qwen2.5-coder:7b' });
    expect(lastBody()).toEqual({
      model: 'qwen2.5-coder:7b',
      prompt: request.prefix,
      suffix: request.suffix,
      stream: true,
      options: { num_predict: 32, temperature: 0 },
    });
  });

  test('Ollama: what is written arrives while the rest is still being written', async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<undefined>();
    serve({
      '/api/show': withSuffix,
      '/api/generate': async (exchange) => {
        exchange.begin({ 'content-type': 'application/x-ndjson' });
        await exchange.send(`${JSON.stringify({ response: 'b', done: false })}\n`);
        await goOn;
        exchange.cut();
      },
    });
    const access: ModelAccess = { provider: 'compatible', model: 'm', baseUrl: `${server.url}/v1` };
    const stream = models.completion(access).complete(request, new AbortController().signal);
    const parts = stream[Symbol.asyncIterator]();
    expect((await parts.next()).value).toEqual({ type: 'text', text: 'b' });
    resolve(undefined);
    await expect(parts.next()).rejects.toMatchObject({ code: 'model-cut-off' });
  });

  test('Ollama: a template without a suffix is said plainly, and the model is asked as a chat model', async () => {
    serve({
      '/api/show': json(200, { template: '{{ .Prompt }}', capabilities: ['completion'], details: {} }),
      '/v1/chat/completions': writes('<code>\nconst a = b;\n</code>'),
    });
    expect(await fill('compatible', 'llama3.2')).toMatchObject({ text: 'b' });
    expect(await fill('compatible', 'llama3.2')).toMatchObject({ text: 'b' });
    expect(paths()).toEqual(['/api/show', '/v1/chat/completions', '/v1/chat/completions']);
    expect(said.filter((each) => each.includes('no place for a suffix'))).toHaveLength(1);
  });

  test('llama.cpp: /infill with other files beside it', async () => {
    const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
    serve({
      '/infill': async (exchange) => {
        if (exchange.body['stream'] !== true) return json(200, { content: '' })(exchange);
        exchange.begin();
        await exchange.send(event({ content: 'b', stop: false }));
        const counts = { tokens_evaluated: 11, tokens_predicted: 7, tokens_cached: 4 };
        await exchange.send(event({ content: '', stop: true, stop_type: 'limit', ...counts }));
        exchange.end();
      },
    });
    const { parts, error } = await fill('compatible', 'any');
    expect(error).toBeUndefined();
    expect(parts).toEqual([
      { type: 'text', text: 'b' },
      { type: 'usage', usage: { inputTokens: 11, outputTokens: 7, cachedInputTokens: 4 } },
      { type: 'done', stopReason: 'length' },
    ]);
    expect(lastBody()).toEqual({
      model: 'any',
      input_prefix: 'import { b } from "./b";\n',
      input_suffix: request.suffix,
      input_extra: [{ filename: 'src/b.ts', text: 'export const b = 1;' }],
      prompt: 'const a = ',
      n_predict: 32,
      temperature: 0,
      cache_prompt: true,
      stream: true,
    });
  });

  test.each([
    ['Qwen/Qwen2.5-Coder-7B', '<|fim_prefix|>'],
    ['bigcode/starcoder2-3b', '<fim_prefix>'],
    ['deepseek-ai/deepseek-coder-6.7b-base', '<｜fim▁begin｜>'],
    ['google/codegemma-2b', '<|fim_prefix|>'],
    ['codellama/CodeLlama-7b-hf', '<PRE> '],
    ['ibm-granite/granite-8b-code-base', '<fim_prefix>'],
    ['mistralai/Codestral-22B-v0.1', '[SUFFIX]'],
  ])('vLLM and LM Studio: %s by its own marks', async (model, mark) => {
    // LM Studio answers what it does not know with 200.
    const unexpected = json(200, { error: 'Unexpected endpoint or method.' });
    serve({
      '/api/show': unexpected,
      '/infill': unexpected,
      '/v1/completions': writes('b', completionsWire),
    });
    expect(await fill('compatible', model)).toMatchObject({ text: 'b', error: undefined });
    expect(paths()).toEqual(['/api/show', '/infill', '/v1/completions']);
    expect(lastBody()?.['prompt']).toContain(mark);
    expect(lastBody()).not.toHaveProperty('suffix');
  });

  test('one that is away is asked again what it is', async () => {
    serve({ '/api/show': (exchange) => exchange.cut() });
    expect((await fill('compatible', 'm')).error).toMatchObject({ code: 'model-unavailable' });
    serve({ '/api/show': withSuffix, '/api/generate': lines({ response: 'b', done: true }) });
    expect(await fill('compatible', 'm')).toMatchObject({ text: 'b', error: undefined });
  });
});

describe('chat models', () => {
  const answer = '<code>\nconst a = b;\n</code>';

  test.each([
    ['gpt-5.4-mini', { reasoning_effort: 'none' }],
    ['gpt-5', { reasoning_effort: 'minimal' }],
    ['o4-mini', { reasoning_effort: 'low' }],
    ['gpt-4.1', {}],
    ['qwen3:8b', { reasoning_effort: 'none', chat_template_kwargs: { enable_thinking: false } }],
    ['qwen3-coder', {}],
    ['gpt-oss:20b', { reasoning_effort: 'low' }],
  ])('%s thinks as little as it can', async (model, fields) => {
    serve({ '/v1beta/openai/chat/completions': writes(answer) });
    const access: ModelAccess = { provider: 'gemini', model, baseUrl: `${server.url}/v1` };
    const { text } = await collect(models.completion(access).complete(request, new AbortController().signal));
    expect(text).toBe('b');
    const { reasoning_effort, chat_template_kwargs, thinking } = server.exchanges.at(-1)?.body ?? {};
    expect(JSON.parse(JSON.stringify({ reasoning_effort, chat_template_kwargs, thinking }))).toEqual(fields);
  });

  test('a refusal of that is learnt', async () => {
    const refuse = json(400, {
      error: { message: "Unsupported parameter: 'reasoning_effort'", param: 'reasoning_effort' },
    });
    for (let count = 0; count < 2; count++) {
      const access: ModelAccess = { provider: 'cohere', model: 'o4-mini', baseUrl: server.url };
      serve({
        '/compatibility/v1/chat/completions': (exchange) =>
          exchange.body['reasoning_effort'] === undefined ? writes(answer)(exchange) : refuse(exchange),
      });
      const { text } = await collect(
        models.completion(access).complete(request, new AbortController().signal),
      );
      expect(text).toBe('b');
    }
    expect(server.exchanges).toHaveLength(3);
  });

  test('Anthropic: the prompt goes as system and user', async () => {
    serve({ '/v1/messages': writes(answer, anthropicWire) });
    expect(await fill('anthropic', 'claude-haiku-5-5', '')).toMatchObject({ text: 'b', error: undefined });
    expect(lastBody()).not.toHaveProperty('thinking');
    expect(JSON.stringify(lastBody()?.['messages'])).toContain('const a = <cursor/>;');
  });
});

test('attack: keys in the code around the cursor go to no endpoint', async () => {
  const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
  serve({ '/v1/fim/completions': writes('b'), '/v1/chat/completions': writes('<code>\n</code>') });
  const asked = {
    ...request,
    prefix: `token = "${secret}"\nconst a = `,
    suffix: `;\npassword = "${secret}";`,
  };
  await fill('mistral', 'codestral-latest', '/v1', asked);
  await fill('mistral', 'mistral-small', '/v1', asked);
  expect(server.exchanges).toHaveLength(2);
  expect(JSON.stringify(server.exchanges.map(({ body }) => body))).not.toContain(secret);
});
