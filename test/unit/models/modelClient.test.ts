import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ModelAuthError,
  ModelCutOffError,
  ModelRateLimitError,
  ModelUnavailableError,
} from '../../../src/core/errors/modelErrors.ts';
import type { CallEvent } from '../../../src/core/models/callEvent.ts';
import { chatPolicy, completionPolicy, type CallPolicy } from '../../../src/core/models/callPolicy.ts';
import { ModelClient, type ModelClientOptions } from '../../../src/core/models/modelClient.ts';
import { type ChatModel, type ModelPart, textMessage } from '../../../src/core/ports/models.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { counted, done, ScriptedModel, text } from './scriptedModel.ts';

const outage = new ModelUnavailableError('host', 'failed');
const question = { messages: [textMessage('user', 'Why?')], maxOutputTokens: 10 };
const noRetry: CallPolicy = { ...chatPolicy, attempts: 1 };
const never = new AbortController().signal;

let clock: FakeClock;
let events: CallEvent[];

beforeEach(() => {
  clock = new FakeClock();
  events = [];
});

const createClient = (options: Partial<ModelClientOptions> = {}) =>
  new ModelClient({ clock, random: () => 0.5, observe: (event) => events.push(event), ...options });

async function read(stream: AsyncIterable<ModelPart>) {
  const parts: ModelPart[] = [];
  let error: unknown;
  try {
    for await (const part of stream) parts.push(part);
  } catch (thrown) {
    error = thrown;
  }
  return { parts, error };
}

const ask = (model: ScriptedModel, policy = chatPolicy, signal = never, client = createClient()) =>
  read(client.chat(model, policy).stream(question, signal));

/** Runs the clock until `promise` settles, so that the waits of a call pass at once. */
async function settle<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const mark = () => (isSettled = true);
  promise.then(mark, mark);
  await vi.waitUntil(
    () => {
      if (!isSettled) clock.advance(100);
      return isSettled;
    },
    { interval: 0 },
  );
  return promise;
}

describe('a call', () => {
  test('passes on what the model says and leaves no timer', async () => {
    const model = new ScriptedModel([[text('a'), { type: 'reasoning', text: '' }, text('b'), done]]);
    expect(await ask(model)).toEqual({
      parts: [text('a'), { type: 'reasoning', text: '' }, text('b'), done],
      error: undefined,
    });
    expect(clock.pending).toBe(0);
    expect(model.signals[0]?.aborted).toBe(true);
  });

  test('that ends without saying so was cut off', async () => {
    const { parts, error } = await ask(new ScriptedModel([[text('ab')]]));
    expect(parts).toEqual([text('ab')]);
    expect(error).toMatchObject({ code: 'model-cut-off', receivedLength: 2 });
  });

  test('keeps the name and endpoint of the model', () => {
    const model = new ScriptedModel([], 'a:b', 'c.example');
    expect(createClient().chat(model, chatPolicy)).toMatchObject({ id: 'a:b', endpoint: 'c.example' });
    expect(createClient().completion(model, chatPolicy)).toMatchObject({ id: 'a:b', endpoint: 'c.example' });
  });

  test.each([
    ['tags', `a${String.fromCodePoint(0xe0049, 0xe0067)}`],
    ['zero-width characters', '\u200ba\u2060\ufeff'],
    ['variation selectors', 'a\ufe00\ufe01\u{e0100}'],
    ['the mark of Arabic letters', 'a\u061c'],
    ['the separator of Mongolian vowels', 'a\u180e'],
    ['the filler of Hangul', 'a\u3164'],
    ['overrides of direction', '\u202ea\u202c'],
    ['escape sequences', 'a\x1b\x9b'],
  ])('attack: hides nothing from people in what is sent: %s', async (_, hidden) => {
    const model = new ScriptedModel([[done]]);
    const said = textMessage('user', `${hidden} 👩‍👩‍👧 می‌خواهم`);
    await read(
      createClient()
        .chat(model, chatPolicy)
        .stream({ ...question, messages: [said] }, never),
    );
    const fill = { path: 'a.ts', prefix: hidden, suffix: hidden, maxOutputTokens: 1, temperature: 0 };
    const context = [{ path: 'b.ts', text: hidden }];
    await read(
      createClient()
        .completion(model, completionPolicy)
        .complete({ ...fill, context }, never),
    );
    expect(model.requests).toMatchObject([
      { messages: [{ parts: [{ text: 'a 👩‍👩‍👧 می‌خواهم' }] }] },
      { prefix: 'a', suffix: 'a', context: [{ text: 'a' }] },
    ]);
  });

  test('attack: characters that are not seen hide no key from the redaction', async () => {
    const model = new ScriptedModel([[done]]);
    const client = createClient({ redact: (content) => content.replaceAll('secret', '…') });
    const said = textMessage('user', 'a se\u200bcr\u{e0041}et');
    await read(client.chat(model, chatPolicy).stream({ ...question, messages: [said] }, never));
    expect(JSON.stringify(model.requests)).toContain('a …');
  });

  test('sends redacted text only', async () => {
    const model = new ScriptedModel([[done]]);
    const client = createClient({ redact: (content) => content.replaceAll('secret', '…') });
    await ask(model, chatPolicy, never, client);
    const fill = { path: 'a', prefix: 'secret 1', suffix: '2 secret', maxOutputTokens: 5 };
    const context = [{ path: 'b', text: 'a secret' }];
    await read(client.completion(model, completionPolicy).complete({ ...fill, context }, never));
    const chat = { ...question, messages: [textMessage('user', 'A secret?')] };
    await read(client.chat(model, chatPolicy).stream(chat, never));
    expect(model.requests).toHaveLength(3);
    expect(JSON.stringify(model.requests)).not.toContain('secret');
    expect(model.requests[1]).toMatchObject({ prefix: '… 1', suffix: '2 …', context: [{ text: 'a …' }] });
  });
});

describe('another attempt', () => {
  test('follows an outage, a full connection or a cut before the first text', async () => {
    const busy = new ModelRateLimitError('host', 'busy', 1_000);
    for (const error of [outage, busy, new ModelCutOffError('host', 0)]) {
      const model = new ScriptedModel([[error], [text('fine'), done]]);
      expect(await settle(ask(model))).toMatchObject({ parts: [text('fine'), done], error: undefined });
    }
  });

  test('never follows a tool call, which may have been acted upon', async () => {
    const call: ModelPart = { type: 'tool-call', id: '1', name: 'search', input: {} };
    const model = new ScriptedModel([[call, outage], [done]]);
    expect(await settle(ask(model))).toMatchObject({ parts: [call], error: outage });
  });

  test('follows reasoning, which is no part of the answer', async () => {
    const model = new ScriptedModel([
      [{ type: 'reasoning', text: '' }, outage],
      [text('fine'), done],
    ]);
    expect((await settle(ask(model))).error).toBeUndefined();
  });

  test('never follows once text has come', async () => {
    const model = new ScriptedModel([
      [text('a'), outage],
      [text('b'), done],
    ]);
    expect(await settle(ask(model))).toEqual({ parts: [text('a')], error: outage });
    expect(model.requests).toHaveLength(1);
  });

  test('never follows an error that stays', async () => {
    const refused = new ModelAuthError('host', 'refused');
    const bug = new TypeError('bug');
    for (const error of [refused, bug]) {
      const model = new ScriptedModel([[error]]);
      expect((await settle(ask(model))).error).toBe(error);
      expect(model.requests).toHaveLength(1);
    }
    expect(events.at(-1)).toMatchObject({ outcome: 'failed', errorCode: 'unexpected' });
  });

  test('is not waited for when the caller aborts', async () => {
    const controller = new AbortController();
    const model = new ScriptedModel([[outage]]);
    const result = ask(model, chatPolicy, controller.signal);
    await vi.waitFor(() => expect(events.map(({ type }) => type)).toContain('retrying'));
    controller.abort(new Error('enough'));
    expect((await result).error).toBe(controller.signal.reason);
    expect(clock.pending).toBe(0);
    expect(model.requests).toHaveLength(1);
  });
});

describe('a deadline', () => {
  test('for the first part ends a model that takes no notice', async () => {
    const result = ask(new ScriptedModel([['hang']]));
    clock.advance(chatPolicy.firstTokenMs - 1);
    expect(clock.pending).toBeGreaterThan(0);
    const { error } = await settle(result);
    expect(error).toMatchObject({ code: 'model-timeout', deadline: 'first-token' });
    expect((error as Error).message).toContain('90 s');
    expect(clock.pending).toBe(0);
  });

  test('between parts starts anew with every part, thinking included', async () => {
    const model = new ScriptedModel([[{ type: 'reasoning', text: '' }, text('a'), 'hang']]);
    const { parts, error } = await settle(ask(model));
    expect(parts).toHaveLength(2);
    expect(error).toMatchObject({ deadline: 'idle' });
  });

  test('does not run while the reader is busy', async () => {
    const model = new ScriptedModel([[text('a'), text('b'), done]]);
    const parts: ModelPart[] = [];
    for await (const part of createClient().chat(model, chatPolicy).stream(question, never)) {
      parts.push(part);
      clock.advance(chatPolicy.idleMs * 2);
    }
    expect(parts).toHaveLength(3);
  });

  test('for the whole call includes waits between attempts', async () => {
    const policy = { ...chatPolicy, totalMs: 300, attempts: 100, backoffMs: 400, maxBackoffMs: 400 };
    const { error } = await settle(ask(new ScriptedModel([[outage]]), policy));
    expect(error).toMatchObject({ deadline: 'total' });
    expect(clock.pending).toBe(0);
  });
});

describe('the breaker', () => {
  const failOften = async (client: ModelClient, model: ScriptedModel) => {
    for (let index = 0; index < 5; index++) await ask(model, noRetry, never, client);
  };

  test('stops requests to an endpoint that is down, and probes it later', async () => {
    const client = createClient();
    const model = new ScriptedModel([...Array<[Error]>(5).fill([outage]), [text('back'), done]]);
    await failOften(client, model);
    expect((await ask(model, noRetry, never, client)).error).toMatchObject({
      code: 'model-unavailable',
      problem: 'paused',
      retryAfterMs: 30_000,
      message: expect.stringMatching(/failed several times in a row/) as string,
    });
    // Whoever meets the pause first still wants to know what is wrong.
    expect((await ask(model, noRetry, never, client)).error).toMatchObject({
      message: expect.stringContaining(outage.message) as string,
    });
    expect(model.requests).toHaveLength(5);
    clock.advance(30_000);
    expect((await ask(model, noRetry, never, client)).parts).toEqual([text('back'), done]);
    expect((await ask(model, noRetry, never, client)).error).toBeUndefined();
  });

  test('is shared by the models of an endpoint, not by endpoints or purposes', async () => {
    const client = createClient();
    await failOften(client, new ScriptedModel([[outage]]));
    const sibling = new ScriptedModel([[done]], 'test:other');
    expect((await ask(sibling, noRetry, never, client)).error).toMatchObject({ problem: 'paused' });
    const elsewhere = new ScriptedModel([[done]], 'test:model', 'elsewhere');
    expect((await ask(elsewhere, noRetry, never, client)).error).toBeUndefined();
    const fill = { path: 'a', prefix: '', suffix: '', context: [], maxOutputTokens: 5 };
    const completion = client.completion(sibling, completionPolicy);
    expect((await read(completion.complete(fill, never))).error).toBeUndefined();
  });

  test('does not count cancelled calls, refusals or limits of the whole call', async () => {
    const client = createClient();
    const model = new ScriptedModel([
      ...Array<[Error]>(5).fill([new ModelAuthError('host', 'refused')]),
      ...Array<['hang']>(10).fill(['hang']),
      [done],
    ]);
    await failOften(client, model);
    for (let index = 0; index < 5; index++) {
      const controller = new AbortController();
      const result = ask(model, noRetry, controller.signal, client);
      await vi.waitFor(() => expect(model.requests).toHaveLength(6 + index));
      controller.abort();
      expect((await result).error).toBe(controller.signal.reason);
    }
    const short = { ...noRetry, totalMs: 50 };
    for (let index = 0; index < 5; index++) await settle(ask(model, short, never, client));
    expect((await ask(model, noRetry, never, client)).error).toBeUndefined();
  });

  test('makes others wait out what the endpoint asked of one', async () => {
    const client = createClient();
    const model = new ScriptedModel([[new ModelRateLimitError('host', 'busy', 5_000)], [text('fine'), done]]);
    await ask(model, noRetry, never, client);
    const impatient = await ask(model, noRetry, never, client);
    expect(impatient.error).toMatchObject({ code: 'model-rate-limit', retryAfterMs: 5_000 });
    expect(model.requests).toHaveLength(1);
    const start = clock.now();
    const patient = await settle(ask(model, chatPolicy, never, client));
    expect(patient.error).toBeUndefined();
    expect(clock.now() - start).toBeGreaterThanOrEqual(5_000);
  });

  test('frees the probe when its reader goes away', async () => {
    const client = createClient();
    const model = new ScriptedModel([...Array<[Error]>(5).fill([outage]), ['hang'], [done]]);
    await failOften(client, model);
    clock.advance(30_000);
    const controller = new AbortController();
    const probe = ask(model, noRetry, controller.signal, client);
    await vi.waitFor(() => expect(model.requests).toHaveLength(6));
    expect((await ask(model, noRetry, never, client)).error).toMatchObject({ problem: 'paused' });
    controller.abort();
    await probe;
    expect((await ask(model, noRetry, never, client)).error).toBeUndefined();
  });
});

describe('the log', () => {
  const types = () => events.map(({ type }) => type);

  test('tells a call with its times, tokens and cost', async () => {
    const costOf = vi.fn(() => 0.25);
    const client = createClient({ costOf });
    const start = clock.now();
    for await (const part of client
      .chat(new ScriptedModel([[text('ab'), counted, done]]), chatPolicy)
      .stream(question, never)) {
      if (part.type === 'text') clock.advance(40);
    }
    const base = { call: 1, model: 'test:model', endpoint: 'host' };
    expect(events).toEqual([
      { ...base, type: 'started', at: start, purpose: 'chat' },
      { ...base, type: 'sent', attempt: 1, elapsedMs: 0 },
      { ...base, type: 'first-token', elapsedMs: 0 },
      {
        ...base,
        type: 'ended',
        elapsedMs: 40,
        outcome: 'done',
        attempts: 1,
        receivedLength: 2,
        stopReason: 'stop',
        usage: { inputTokens: 10, cachedInputTokens: 4, outputTokens: 2 },
        costUsd: 0.25,
        errorCode: undefined,
      },
    ]);
    expect(costOf).toHaveBeenCalledWith('test:model', {
      inputTokens: 10,
      cachedInputTokens: 4,
      outputTokens: 2,
    });
  });

  test('has no cost when the price or the usage is unknown', async () => {
    await ask(new ScriptedModel([[text('a'), counted, done]]));
    expect(events.at(-1)).toMatchObject({ costUsd: null });
    const client = createClient({ costOf: () => 1 });
    await ask(new ScriptedModel([[done]]), chatPolicy, never, client);
    expect(events.at(-1)).toMatchObject({ costUsd: null, usage: undefined });
  });

  test('tells retries and failures by their codes', async () => {
    await settle(ask(new ScriptedModel([[outage]]), { ...chatPolicy, attempts: 2 }));
    expect(types()).toEqual(['started', 'sent', 'retrying', 'sent', 'ended']);
    expect(events.at(-1)).toMatchObject({
      outcome: 'failed',
      errorCode: 'model-unavailable',
      attempts: 2,
    });
  });

  test('tells when the reader goes away', async () => {
    const model = new ScriptedModel([[text('a'), text('b'), done]]);
    const stream = createClient().chat(model, chatPolicy).stream(question, never);
    for await (const part of stream) {
      expect(part).toEqual(text('a'));
      break;
    }
    expect(events.at(-1)).toMatchObject({ type: 'ended', outcome: 'abandoned', receivedLength: 1 });
    expect(model.signals[0]?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('tells a whole answer when the reader stops at its last part', async () => {
    const model = new ScriptedModel([[text('a'), counted, done]]);
    for await (const part of createClient().chat(model, chatPolicy).stream(question, never)) {
      if (part.type === 'done') break;
    }
    expect(events.at(-1)).toMatchObject({ outcome: 'done', stopReason: 'stop', usage: { outputTokens: 2 } });
  });

  test('takes an abort for an abort, whatever else goes wrong at the same time', async () => {
    const controller = new AbortController();
    const model: ChatModel = {
      id: 'test:model',
      endpoint: 'host',
      // eslint-disable-next-line @typescript-eslint/require-await
      async *stream() {
        controller.abort(new Error('enough'));
        throw outage;
      },
    };
    const stream = createClient().chat(model, chatPolicy).stream(question, controller.signal);
    expect((await read(stream)).error).toBe(controller.signal.reason);
    expect(events.at(-1)).toMatchObject({ outcome: 'abandoned', errorCode: undefined });
  });

  test('tells a call that was cancelled before it began', async () => {
    const model = new ScriptedModel([[done]]);
    const { error } = await ask(model, chatPolicy, AbortSignal.abort(new Error('late')));
    expect(error).toEqual(new Error('late'));
    expect(types()).toEqual(['started', 'ended']);
    expect(events.at(-1)).toMatchObject({ outcome: 'abandoned', attempts: 0 });
    expect(model.requests).toHaveLength(0);
  });
});
