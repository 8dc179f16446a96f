import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Recording, Recordings } from '../../../../src/evals/replay/recording.ts';
import { ReplayCache, type ReplayCacheOptions } from '../../../../src/evals/replay/replayCache.ts';
import { WatchedModel } from '../../../../src/evals/replay/watchedModel.ts';
import { ModelUnavailableError } from '../../../../src/core/errors/modelErrors.ts';
import { type ChatRequest, type ModelPart, textMessage } from '../../../../src/core/ports/models.ts';
import { redactSecrets } from '../../../../src/core/secrets/redactSecrets.ts';
import { counted, done, ScriptedModel, usage, type Script } from '../../chat/modelFixture.ts';

class MemoryRecordings implements Recordings {
  readonly all: Recording[] = [];

  find(key: string, slot: number) {
    return this.all.find((each) => each.key === key && each.slot === slot)?.parts;
  }

  add(recording: Recording): Promise<void> {
    this.all.push(recording);
    return Promise.resolve();
  }

  requests() {
    return this.all;
  }
}

const HOME = '/home/ada/';
const ROOT = '/srv/work/foundry';

const asks = (content: string): ChatRequest => ({
  messages: [textMessage('system', 'Answer from the blocks.\nBe brief.'), textMessage('user', content)],
  maxOutputTokens: 500,
});

/** A stopwatch that runs 10 ms a reading. */
function stopwatch() {
  let now = 0;
  return () => (now += 10);
}

async function ask(
  script: Script,
  recordings: Recordings,
  request = asks('Who melts?'),
  {
    mode = 'record',
    run = 0,
    caseId = 'case-a',
  }: { mode?: ReplayCacheOptions['mode']; run?: number; caseId?: string } = {},
) {
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const cache = new ReplayCache({
    recordings,
    mode,
    hash,
    redact: redactSecrets,
    privatePaths: [ROOT, HOME],
  });
  const scripted = new ScriptedModel(script);
  const { chat } = await scripted.chosen.load();
  const watched = new WatchedModel(chat, {
    cache,
    trial: { caseId, run, prompt: 'chat.answer@1' },
    stopwatch: stopwatch(),
  });
  const parts: ModelPart[] = [];
  let failure: unknown;
  try {
    for await (const part of watched.stream(request, new AbortController().signal)) parts.push(part);
  } catch (error) {
    failure = error;
  }
  return { parts, failure, asked: scripted.requests.length, call: watched.calls[0] };
}

const text = (parts: readonly ModelPart[]) =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

describe('an answer', () => {
  test('is recorded once and then replayed with its times and usage, without the model', async () => {
    const recordings = new MemoryRecordings();
    const live = await ask([{ type: 'reasoning', text: '' }, 'Ada', ' does.', counted, done], recordings);
    expect(live).toMatchObject({ asked: 1, call: { isReplayed: false, usage, failure: undefined } });
    const replayed = await ask([new Error('must not be asked')], recordings);
    expect(replayed.asked).toBe(0);
    expect(replayed.parts).toEqual(live.parts);
    expect(replayed.call).toEqual({ ...live.call, isReplayed: true });
    expect(replayed.call?.firstTokenMs).toBe(20);
    expect(replayed.call?.elapsedMs).toBe(50);
  });

  test('to each repetition is one of its own', async () => {
    const recordings = new MemoryRecordings();
    for (const run of [0, 1, 2]) await ask([`answer ${run}`, done], recordings, undefined, { run });
    const answers = [2, 0, 1].map((run) => ask([], recordings, undefined, { run, mode: 'require' }));
    expect((await Promise.all(answers)).map(({ parts }) => text(parts))).toEqual([
      'answer 2',
      'answer 0',
      'answer 1',
    ]);
  });

  test.each<[string, Script]>([
    ['fails', [new ModelUnavailableError('models.example', 'refused')]],
    ['breaks off', ['Half', new ModelUnavailableError('models.example', 'refused')]],
    ['ends without an end', ['Half']],
    ['is stopped by a filter', ['Half', { type: 'done', stopReason: 'filter' }]],
  ])('that %s is never recorded', async (_, script) => {
    const recordings = new MemoryRecordings();
    await ask(script, recordings);
    expect(recordings.all).toEqual([]);
    expect((await ask(['Whole', done], recordings)).asked).toBe(1);
    expect(recordings.all).toHaveLength(1);
  });

  test('holds no secret that the model would not have been sent', async () => {
    const recordings = new MemoryRecordings();
    await ask(['Yes', done], recordings, asks('const apiKey = "sk-live-abcdefghijklmnopqrstuvwx";'));
    expect(JSON.stringify(recordings.all)).not.toContain('abcdefghijklmnopqrstuvwx');
  });
});

describe('a request', () => {
  test('is another one when anything about it changes', async () => {
    const recordings = new MemoryRecordings();
    const request = asks('Who melts?');
    const variants: readonly ChatRequest[] = [
      request,
      asks('Who melts it?'),
      { ...request, maxOutputTokens: 501 },
      { ...request, temperature: 0 },
      { ...request, stop: ['\n'] },
      { ...request, messages: request.messages.toReversed() },
    ];
    for (const each of variants) await ask(['Ada', done], recordings, each);
    expect(new Set(recordings.all.map(({ key }) => key)).size).toBe(variants.length);
    expect(recordings.all[0]?.key).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is the same whatever the order of its members', async () => {
    const recordings = new MemoryRecordings();
    const { messages, maxOutputTokens } = asks('Who melts?');
    await ask(['Ada', done], recordings, { maxOutputTokens, messages });
    expect((await ask([], recordings, { messages, maxOutputTokens })).call?.isReplayed).toBe(true);
  });

  test.each([
    ['the folder', `see ${ROOT}/src/a.ts`],
    ['the folder itself', `in ${ROOT}`],
    ['something in the home', 'see /home/ada/notes.md'],
  ])('with a path of this machine is refused: %s', async (_, content) => {
    const { failure, asked } = await ask(
      ['Ada', done],
      new MemoryRecordings(),
      asks(`First line.\n${content}`),
    );
    expect(failure).toMatchObject({ code: 'path-in-request' });
    expect(String(failure)).toContain(`case-a would send a path of this machine`);
    expect(String(failure)).toContain(content);
    expect(asked).toBe(0);
  });

  test.each(['/srv/work/foundry-two/a.ts', '/home/adam/x', 'the /home/ada folder'])(
    'with another path is not: %s',
    async (content) => {
      expect((await ask(['Ada', done], new MemoryRecordings(), asks(content))).failure).toBeUndefined();
    },
  );
});

describe('a cache that is required', () => {
  test('names the case and what differs from the nearest recorded request', async () => {
    const recordings = new MemoryRecordings();
    await ask(['Ada', done], recordings, asks('Block one\nBlock two\nWho melts?'), { caseId: 'case-b' });
    await ask(['Ada', done], recordings, asks('Something else altogether'), { caseId: 'case-c' });
    const { failure, asked } = await ask([], recordings, asks('Block one\nBlock 2\nWho melts?'), {
      mode: 'require',
    });
    expect(asked).toBe(0);
    expect(failure).toMatchObject({ code: 'cache-miss' });
    expect(String(failure)).toContain('Case case-a asks the model something that is not recorded.');
    expect(String(failure)).toContain(
      'of case case-b (- recorded, + asked now):\n  - user: Block two\n  + user: Block 2\n',
    );
  });

  test('says when nothing is recorded', async () => {
    const { failure } = await ask([], new MemoryRecordings(), asks('Who?'), { mode: 'require' });
    expect(String(failure)).toContain('Nothing is recorded yet.\nUndo the change, or record the answer');
  });
});
