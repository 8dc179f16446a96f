import { describe, expect, test } from 'vitest';
import { anthropicOver, type Body, C, data, fetchOf, openaiOver, tell } from './bodies.ts';

const failure = async (body: Body) => {
  const errors: unknown[] = [];
  for (const over of [openaiOver, anthropicOver]) errors.push((await tell(over(fetchOf(body).fetch))).error);
  const [first, second] = errors as Error[];
  expect(second).toEqual(first);
  return first as Error & { readonly problem?: string; readonly code: string };
};

const refused = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Body => ({
  status,
  headers: { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json', ...headers },
  pieces: [typeof body === 'string' ? body : JSON.stringify(body)],
});

const WORDS = 'the cup is empty';

describe('the provider speaks for itself:', () => {
  test.each([
    ['names in capitals', { Error: { Code: 'Bad', Message: WORDS } }],
    ['a fault', { fault: { faultstring: WORDS, detail: { errorcode: 'steps.Bad' } } }],
    ['a fault in capitals', { Fault: { FaultString: WORDS } }],
  ])('with a status of a refusal, and of an answer: %s', async (_, body) => {
    expect((await failure(refused(400, body))).message).toContain(WORDS);
    expect((await failure(refused(200, body))).message).toContain(WORDS);
  });

  const detail = [{ type: 'value_error', loc: ['body', 'cup'], msg: WORDS }];
  test.each([
    ['OpenAI', { error: { message: WORDS, type: 'invalid_request_error', param: null, code: null } }],
    ['Anthropic', { type: 'error', error: { type: 'invalid_request_error', message: WORDS } }],
    ['a list', [{ error: { code: 400, message: WORDS, status: 'INVALID_ARGUMENT' } }]],
    ['an error of words', { error: WORDS }],
    ['a message alone', { message: WORDS }],
    ['a named error', { object: 'error', message: WORDS, type: 'BadRequestError', code: 400 }],
    ['a detail', { detail: WORDS }],
    ['a list of details', { detail }],
    ['details within the message', { object: 'error', message: { detail } }],
    ['details as a text within the message', { object: 'error', message: JSON.stringify({ detail }) }],
    ['JSON within JSON', { error: { message: JSON.stringify({ error: { message: WORDS } }) } }],
    ['JSON behind words', { error: { message: `upstream said: ${JSON.stringify({ message: WORDS })}` } }],
    [
      'OpenRouter',
      {
        error: {
          message: 'Provider returned error',
          code: 400,
          metadata: { raw: JSON.stringify({ error: { message: WORDS } }), provider_name: 'x' },
        },
      },
    ],
    [
      'OpenRouter, in words',
      { error: { message: 'Provider returned error', code: 400, metadata: { raw: WORDS } } },
    ],
    ['errors', { errors: [{ message: WORDS }] }],
    ['Cloudflare', { success: false, errors: [{ code: 7003, message: WORDS }], messages: [], result: null }],
    ['Amazon', { __type: 'ValidationException', message: WORDS }],
    ['words', WORDS],
    ['an error message', { error_message: WORDS, code: 7 }],
    ['OAuth', { error: 'invalid_request', error_description: WORDS }],
  ])('%s', async (_, body) => {
    expect((await failure(refused(400, body))).message).toContain(WORDS);
    expect(
      (await failure({ headers: { 'content-type': 'application/json' }, pieces: refused(200, body).pieces }))
        .message,
    ).toMatch(typeof body === 'string' ? /cannot be read/ : new RegExp(WORDS));
  });

  test.each([
    ['a named error', { object: 'error', message: WORDS }],
    ['an error', { error: { message: WORDS } }],
    [
      'an error in the choice',
      { choices: [{ error: { message: WORDS, code: 400 }, delta: { content: '' } }] },
    ],
    [
      'an error beside choices',
      { error: { message: WORDS }, choices: [{ delta: { content: '' }, finish_reason: 'error' }] },
    ],
    ['a list', [{ error: { message: WORDS } }]],
    ['MiniMax', { base_resp: { status_code: 1004, status_msg: WORDS } }],
    ['a detail', { detail: WORDS }],
    ['a message with a code', { code: 400, message: WORDS }],
    ['an Anthropic error', { type: 'error', error: { type: 'invalid_request_error', message: WORDS } }],
  ])('in a stream: %s', async (_, event) => {
    expect((await failure({ pieces: [data(event)] })).message).toContain(WORDS);
    const told = await tell(openaiOver(fetchOf({ pieces: [C({ content: 'Green' }), data(event)] }).fetch));
    expect(told).toMatchObject({ text: 'Green', error: { code: 'model-request' } });
  });

  const page = (title: string, rest = '') =>
    `<!DOCTYPE html><html><head><title>${title}</title><style>p{}</style></head><body><h1>${title}</h1>${rest}<script>x()</script></body></html>`;
  test.each([
    [502, page('502 Bad Gateway', '<hr><center>nginx</center>'), 'It says: 502 Bad Gateway.'],
    [500, '<html><body><p>Tea &amp; milk<br>are out</p></body></html>', 'It says: Tea & milk are out.'],
    [413, page('413 Request Entity Too Large'), 'It says: 413 Request Entity Too Large.'],
    [400, page('400 The plain HTTP request was sent to HTTPS port'), 'plain HTTP request'],
    [503, '<h1>Service Unavailable</h1>', 'It says: Service Unavailable.'],
    [
      504,
      `<!-- a --><html>\n<title>504 Gateway Time-out</title>${'<p>x</p>'.repeat(500)}</html>`,
      'It says: 504 Gateway Time-out.',
    ],
  ])('a page with status %i in plain words', async (status, body, words) => {
    const { message } = await failure(refused(status, body, { 'content-type': 'text/html' }));
    expect(message).toContain(words);
    expect(message).not.toMatch(/[<>{}]/);
  });
});

const kindOf = async (body: Body) => {
  const { code, problem } = await failure(body);
  return `${code} ${String(problem)}`;
};
const said = (message: string, more: object = {}) => ({ error: { message, ...more } });

describe('what is wrong is known by status, code and wording:', () => {
  test.each([
    [
      400,
      [
        {
          error: {
            code: 400,
            message: 'API key not valid. Please pass a valid API key.',
            status: 'INVALID_ARGUMENT',
            details: [{ reason: 'API_KEY_INVALID' }],
          },
        },
      ],
    ],
    [401, said('Incorrect API key provided')],
    [403, said('Invalid API key')],
    [400, { detail: 'Missing API key' }],
    [401, ''],
    [403, { message: 'invalid api token' }],
  ])('a bad key: %i %j', async (status, body) => {
    expect(await kindOf(refused(status, body))).toBe('model-auth refused');
  });

  test.each([
    [403, '<html><head><title>Attention Required! | Cloudflare</title></head></html>'],
    [403, 'error code: 1020'],
    [403, '<html><head><title>403 Forbidden</title></head></html>'],
    [403, ''],
    [403, { message: 'Request blocked by the firewall' }],
    [403, { message: 'Forbidden' }],
    [407, '<html><title>Proxy Authentication Required</title></html>'],
  ])('a firewall: %i %j', async (status, body) => {
    const error = await failure(refused(status, body));
    expect(`${error.code} ${String(error.problem)}`).toBe('model-unavailable blocked');
    expect(error.message).not.toContain('key');
  });

  test.each([
    [403, said('Project does not have access to model model-1', { code: 'model_not_found' })],
    [403, said('You are not allowed to sample from this model')],
    [403, { error: { type: 'permission_error', message: 'Your key lacks a permission' } }],
    [403, { message: 'Country, region, or territory not supported' }],
    [200, { error: { code: 403, message: 'Moderation needs another plan' } }],
  ])('a key that may not: %i %j', async (status, body) => {
    expect(await kindOf(refused(status, body))).toBe('model-auth forbidden');
  });

  test.each([
    [503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }],
    [503, { error: 'Model x/y is currently loading', estimated_time: 20 }],
    [500, said('model is still loading')],
    [503, { detail: 'The model is not ready yet' }],
    [409, said('the model is warming up')],
  ])('a model that is loading: %i %j', async (status, body) => {
    const error = await failure(refused(status, body));
    expect(error).toMatchObject({ problem: 'loading', isTransient: true });
    expect(error.message).not.toContain('overloaded');
  });

  test.each([
    [503, said('upstream is down')],
    [529, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }],
    [500, said('The engine is currently overloaded')],
    [200, { error: { type: 'overloaded_error', message: 'Overloaded' } }],
    [502, said('no healthy upstream')],
  ])('an overload: %i %j', async (status, body) => {
    expect(await kindOf(refused(status, body))).toBe('model-unavailable overloaded');
  });

  test.each([
    [402, said('pay')],
    [429, said('You exceeded your current quota, please check your plan', { code: 'insufficient_quota' })],
    [400, said('Your credit balance is too low to access the API')],
    [403, said('Insufficient balance')],
    [200, { error: { code: 402, message: 'Insufficient credits' } }],
    [429, said('You exceeded your current quota.')],
  ])('no credit: %i %j', async (status, body) => {
    const error = await failure(refused(status, body));
    expect(error).toMatchObject({ problem: 'quota', isTransient: false });
    expect(error.message).toMatch(/It says:/);
  });

  test.each([
    [429, said('Rate limit reached for model-1 on tokens per min. Limit: 10000 / min.')],
    [
      429,
      [
        {
          error: {
            code: 429,
            message: 'You exceeded your current quota.',
            status: 'RESOURCE_EXHAUSTED',
            details: [{ '@type': 'RetryInfo', retryDelay: '7s' }],
          },
        },
      ],
    ],
    [400, said('Too many requests, slow down')],
    [429, { message: 'This request would exceed the rate limit of 30,000 input tokens per minute' }],
    [200, { error: { code: 429, message: 'Rate limited upstream' } }],
    [400, { __type: 'ThrottlingException', message: 'Too many tokens, please wait before trying again.' }],
  ])('too many requests: %i %j', async (status, body) => {
    expect(await kindOf(refused(status, body))).toBe('model-rate-limit busy');
  });

  test.each([
    [404, said('nothing here')],
    [400, said('The model `model-1` does not exist')],
    [400, said('model not found', { code: 'model_not_found' })],
    [400, { message: 'Invalid model: model-1' }],
    [422, { detail: 'unknown model model-1' }],
    [404, { error: 'model "model-1" not found, try pulling it first' }],
  ])('an unknown model: %i %j', async (status, body) => {
    expect((await failure(refused(status, body))).message).toContain('does not know the model model-1');
  });

  test.each([
    [400, said("This model's maximum context length is 8192 tokens.", { code: 'context_length_exceeded' })],
    [413, ''],
    [500, said('input is too large to process. increase the physical batch size')],
    [500, { error: { message: 'the input length exceeds the context length' } }],
    [429, said('Request too large for model-1 on tokens per min (TPM): Limit 30000, Requested 60000.')],
    [422, { detail: 'batch size 64 > maximum allowed batch size 32' }],
    [200, { object: 'error', message: 'prompt is too long: 210000 tokens > 200000 maximum' }],
    [503, said('CUDA out of memory. Tried to allocate 2 GiB')],
    [400, { message: 'too many tokens: size limit exceeded by 100 tokens' }],
    [
      500,
      {
        error: {
          code: 500,
          message: 'input (600 tokens) is larger than the max context size (512 tokens). skipping',
        },
      },
    ],
    [400, { error: 'Input validation error: `inputs` must have less than 512 tokens. Given: 600' }],
  ])('too much at once: %i %j', async (status, body) => {
    expect(await kindOf(refused(status, body))).toBe('model-request too-large');
  });

  test.each([
    [500, said('internal error')],
    [502, ''],
    [504, said('deadline')],
    [408, said('timed out')],
    [500, 'null pointer'],
  ])('a failure: %i %j', async (status, body) => {
    expect(await kindOf(refused(status, body))).toBe('model-unavailable failed');
  });
});
