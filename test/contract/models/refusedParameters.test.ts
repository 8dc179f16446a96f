import { describe, expect, test } from 'vitest';
import { createAnthropicChatModel } from '../../../src/adapters/anthropic/anthropicChatModel.ts';
import { createCohereEmbeddingModel } from '../../../src/adapters/cohere/cohereEmbeddingModel.ts';
import { type RefusedParameter, RefusedParameters } from '../../../src/adapters/http/refusedParameters.ts';
import { createOpenaiChatModel } from '../../../src/adapters/openai/openaiChatModel.ts';
import { createOpenaiEmbeddingModel } from '../../../src/adapters/openai/openaiEmbeddingModel.ts';
import { type Body, C, END, fetchOf, optionsOf, type Sent, tell } from './bodies.ts';
import { question } from './providers.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const refusal = (body: unknown, status = 400): Body => ({
  status,
  headers: JSON_TYPE,
  pieces: [typeof body === 'string' ? body : JSON.stringify(body)],
});
const said = (message: string, more: object = {}) => ({
  error: { message, type: 'invalid_request_error', ...more },
});
const tea: Body = { pieces: [C({ content: 'Green tea.' }), END] };
const request = { ...question, temperature: 0, stop: ['END'] };

const has =
  (name: string) =>
  ({ body }: Sent) =>
    body[name] !== undefined;

describe('a refused parameter is left out, once and for good:', () => {
  test.each([
    [
      'max_tokens',
      said(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        { param: 'max_tokens', code: 'unsupported_parameter' },
      ),
      400,
    ],
    [
      'max_tokens',
      {
        detail: [
          { loc: ['body', 'max_tokens'], msg: 'Extra inputs are not permitted', type: 'extra_forbidden' },
        ],
      },
      422,
    ],
    ['stream_options', said('Unrecognized request argument supplied: stream_options'), 400],
    [
      'stream_options',
      { detail: [{ loc: ['body', 'stream_options'], msg: 'extra fields not permitted' }] },
      422,
    ],
    ['stream_options', { message: "property 'stream_options' is unsupported" }, 400],
    ['stream_options', 'Unknown field: stream_options', 400],
    ['stream_options', said("unexpected keyword argument 'stream_options'"), 500],
    [
      'stream_options',
      {
        object: 'error',
        message: JSON.stringify({
          detail: [{ loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' }],
        }),
      },
      422,
    ],
    [
      'temperature',
      said(
        "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
        { param: 'temperature' },
      ),
      400,
    ],
    ['temperature', said('`temperature` is deprecated for this model.'), 400],
    [
      'temperature',
      { detail: 'temperature must be greater than zero and is not supported by this model' },
      422,
    ],
    ['stop', said("'stop' is not supported with this model."), 400],
    ['stop', said('Invalid: parameter stop not allowed', { param: 'stop' }), 422],
  ])('%s, as of %j', async (name, body, status) => {
    const { fetch, sent } = fetchOf(refusal(body, status), tea);
    const seen: RefusedParameter[] = [];
    const refusedParameters = new RefusedParameters((each) => seen.push(each));
    const ask = () => tell(createOpenaiChatModel({ ...optionsOf(fetch), refusedParameters }), request);
    expect(await ask()).toMatchObject({ text: 'Green tea.', error: undefined });
    expect(sent.map(has(name))).toEqual([true, false]);
    if (name === 'max_tokens') expect(sent[1]?.body['max_completion_tokens']).toBe(100);
    // Another adapter of the same process knows it.
    expect(await ask()).toMatchObject({ text: 'Green tea.' });
    expect(sent.map(has(name))).toEqual([true, false, false]);
    expect(seen).toEqual([{ endpoint: 'models.example', model: 'model-1', parameter: name }]);
  });

  test.each([
    said('System role not supported'),
    said('Developer instruction is not enabled for this model'),
    said('Conversation roles must alternate user/assistant/user/assistant/...'),
    {
      detail: [
        { loc: ['body', 'messages', 0, 'role'], msg: "unexpected value; permitted: 'user', 'assistant'" },
      ],
    },
    said('This model does not support system messages', { param: 'messages[0].role' }),
  ])('the system’s message, as of %j', async (body) => {
    const { fetch, sent } = fetchOf(refusal(body), tea);
    expect(await tell(createOpenaiChatModel(optionsOf(fetch)))).toMatchObject({ text: 'Green tea.' });
    expect(sent[1]?.body['messages']).toEqual([{ role: 'user', content: 'Be brief.\n\nWhat is this?' }]);
  });

  test.each([
    said('system: Extra inputs are not permitted'),
    said('This model does not support system prompts'),
    said('`system` is not allowed here'),
    said('Unknown parameter: system'),
    { message: 'system prompt unsupported' },
  ])('Anthropic’s system, as of %j', async (body) => {
    const { fetch, sent } = fetchOf(refusal(body), tea);
    await tell(createAnthropicChatModel(optionsOf(fetch)));
    expect(sent[1]?.body).toMatchObject({
      messages: [{ role: 'user', content: 'Be brief.\n\nWhat is this?' }],
    });
    expect(sent.map(has('system'))).toEqual([true, false]);
  });

  test.each([
    said('Streaming is not supported for this model'),
    said('stream: true is not allowed'),
    said("Unsupported value: 'stream' does not support true with this model.", { param: 'stream' }),
    { detail: 'stream not implemented' },
    'streaming unsupported',
  ])('the stream, as of %j', async (body) => {
    const answer = { choices: [{ message: { content: 'Green tea.' }, finish_reason: 'stop' }] };
    const { fetch, sent } = fetchOf(refusal(body), { headers: JSON_TYPE, pieces: [JSON.stringify(answer)] });
    expect(await tell(createOpenaiChatModel(optionsOf(fetch)))).toMatchObject({
      text: 'Green tea.',
      stopReason: 'stop',
    });
    expect(sent[1]?.body).toMatchObject({ stream: false });
    expect(sent[1]?.body).not.toHaveProperty('stream_options');
  });

  test.each([
    ['max_tokens: 100 > 64, which is the maximum allowed number of output tokens for model-1', 64],
    ['max_tokens is too large: 100. This model supports at most 64 completion tokens.', 64],
    ['max_tokens must be less than or equal to 64', 64],
    ['`max_tokens` exceeds the limit of 32', 32],
    ['Invalid max_tokens value, the valid range of max_tokens is [1, 50]', 50],
  ])('a limit that is too high is lowered: %s', async (message, limit) => {
    for (const create of [createOpenaiChatModel, createAnthropicChatModel]) {
      const { fetch, sent } = fetchOf(refusal(said(message)), tea);
      await tell(create(optionsOf(fetch)));
      expect(sent.map(({ body }) => body['max_tokens'])).toEqual([100, limit]);
    }
  });

  test('several, one after the other', async () => {
    const { fetch, sent } = fetchOf(
      refusal(said("Unsupported parameter: 'max_tokens'")),
      refusal(said('stream_options: Extra inputs are not permitted')),
      refusal(said("'temperature' is not supported")),
      tea,
    );
    expect(await tell(createOpenaiChatModel(optionsOf(fetch)), request)).toMatchObject({
      text: 'Green tea.',
    });
    expect(sent).toHaveLength(4);
    expect(sent[3]?.body).toMatchObject({ max_completion_tokens: 100, stop: ['END'] });
  });

  test('in a body with status 200 and in the first event of a stream as well', async () => {
    for (const pieces of [
      [JSON.stringify(said('Unknown parameter: stream_options'))],
      [`data: ${JSON.stringify(said('Unknown parameter: stream_options'))}\n\n`],
    ]) {
      const { fetch, sent } = fetchOf({ pieces }, tea);
      expect(await tell(createOpenaiChatModel(optionsOf(fetch)))).toMatchObject({ text: 'Green tea.' });
      expect(sent.map(has('stream_options'))).toEqual([true, false]);
    }
  });
});

describe('asked no more than that:', () => {
  test.each([
    ['the same refusal for ever', said("'temperature' is not supported"), 2],
    ['both names of the limit', said('max_tokens and max_completion_tokens are not supported'), 3],
    ['a refusal that names nothing', said('Bad request'), 1],
    ['a bad key', said('Incorrect API key; max_tokens unsupported'), 1],
    ['too many requests', said('Rate limit reached for stream requests, not supported'), 1],
    ['what is needed', said("'messages' is not supported"), 1],
    ['a prompt too long', said("This model's maximum context length is 10 tokens."), 1],
  ])('%s', async (_, body, requests) => {
    const { fetch, sent } = fetchOf(refusal(body));
    expect((await tell(createOpenaiChatModel(optionsOf(fetch)), request)).error).toBeInstanceOf(Error);
    expect(sent).toHaveLength(requests);
  });

  test('after text has come, never', async () => {
    const { fetch, sent } = fetchOf({
      pieces: [C({ content: 'Green' }), `data: ${JSON.stringify(said('temperature unsupported'))}\n\n`],
    });
    expect(await tell(createOpenaiChatModel(optionsOf(fetch)), request)).toMatchObject({
      text: 'Green',
      error: { code: 'model-request' },
    });
    expect(sent).toHaveLength(1);
  });
});

describe('the longest answer is limited by the name that a model knows:', () => {
  test.each([
    ['gpt-5-mini', 'https://eu.api.openai.com/v1', 'max_completion_tokens'],
    ['gpt-5-mini', 'https://gateway.example/v1', 'max_completion_tokens'],
    ['openai/gpt-5.4', 'https://openrouter.ai/api/v1', 'max_completion_tokens'],
    ['o3-mini', 'https://gateway.example/v1', 'max_completion_tokens'],
    ['gpt-4o', 'https://us.api.openai.com/v1', 'max_completion_tokens'],
    ['team', 'https://team.openai.azure.com/openai/v1', 'max_completion_tokens'],
    ['gpt-oss:20b', 'http://localhost:11434/v1', 'max_tokens'],
    ['qwen3-coder', 'https://gateway.example/v1', 'max_tokens'],
    ['mistral-large', 'https://api.mistral.ai/v1', 'max_tokens'],
  ])('%s at %s has %s', async (model, baseUrl, name) => {
    const { parseModelEndpoint } = await import('../../../src/core/models/modelEndpoint.ts');
    const { fetch, sent } = fetchOf(tea);
    await tell(createOpenaiChatModel({ ...optionsOf(fetch), model, endpoint: parseModelEndpoint(baseUrl) }));
    expect(sent[0]?.body[name]).toBe(100);
  });
});

describe('dims that an endpoint will not give are cut to:', () => {
  const limits = { texts: 8, tokens: 1_000, tokensPerText: 100 };
  const vectors = { data: [{ index: 0, embedding: [1, 2, 3, 4] }], embeddings: { float: [[1, 2, 3, 4]] } };
  const dims = 2;
  test.each([
    [
      'openai',
      'dimensions',
      said('This model does not support specifying dimensions.', { param: 'dimensions' }),
    ],
    ['openai', 'dimensions', said('Model model-1 does not support matryoshka representation')],
    [
      'openai',
      'dimensions',
      { detail: [{ loc: ['body', 'dimensions'], msg: 'Extra inputs are not permitted' }] },
    ],
    ['voyage', 'output_dimension', { detail: "Argument 'output_dimension' is not supported by model-1." }],
    ['cohere', 'output_dimension', { message: 'output_dimension is not supported for this model' }],
  ] as const)('%s %s', async (dialect, name, body) => {
    const { fetch, sent } = fetchOf(refusal(body), { headers: JSON_TYPE, pieces: [JSON.stringify(vectors)] });
    const options = { ...optionsOf(fetch), limits, dims };
    const model =
      dialect === 'cohere'
        ? createCohereEmbeddingModel(options)
        : createOpenaiEmbeddingModel({ ...options, dialect });
    const answer = await model.embed({ texts: ['a'], kind: 'document' }, new AbortController().signal);
    expect(answer.vectors).toEqual([Float32Array.of(1, 2)]);
    expect(sent.map(has(name))).toEqual([true, false]);
  });
});
