import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChatSuiteResult } from '../../../src/evals/evaluation.ts';
import { evaluationSchema } from '../../support/evaluationSchema.ts';
import { FakeProvider } from '../../support/fakeProvider.ts';
import { runTouchstone, type Run, type RunOptions } from '../../support/runTouchstone.ts';

const FERRIES = resolve(import.meta.dirname, '../../evals/fixtures/ferries');
const MODEL = ['--suite', 'chat', '--cases', '8', '--model', 'compatible:scripted'];

let base: string;
let workspace: string;
let stores: string;
let provider: FakeProvider;

const evaluate = (args: readonly string[], onStart?: RunOptions['onStart']) =>
  runTouchstone(['eval', workspace, ...MODEL, ...args], {
    env: { TOUCHSTONE_STORE_ROOT: stores },
    ...(onStart && { onStart }),
  });

function chatOf({ out }: Run): ChatSuiteResult {
  const { chat } = evaluationSchema.parse(JSON.parse(out));
  if (!chat) throw new Error('there is no chat in it');
  return chat;
}

const at = () => ['--base-url', provider.baseUrl];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-eval-chat-'));
  workspace = join(base, 'ferries');
  await cp(FERRIES, workspace, { recursive: true });
});
beforeEach(async () => {
  stores = await mkdtemp(join(base, 'stores-'));
  provider = await FakeProvider.start();
  provider.script({ chunks: ['It melts in ', 'the crucible [1].'] });
});
afterEach(() => provider.close());
afterAll(() => rm(base, { recursive: true }));

describe('touchstone eval --model', () => {
  test('asks every question as often as told and reports what it took', async () => {
    const run = await evaluate([...at(), '--runs', '3', '--json']);
    expect(run.code).toBe(0);
    const chat = chatOf(run);
    expect(chat).toMatchObject({ model: 'compatible:scripted', runs: 3, errors: [] });
    expect(chat.outcomes).toHaveLength(8);
    for (const { trials } of chat.outcomes) {
      expect(trials).toHaveLength(3);
      for (const trial of trials) {
        expect(trial).toMatchObject({ inputTokens: 11, outputTokens: 7, cost: null, isReplayed: false });
        expect(trial.firstTokenMs).toBeLessThanOrEqual(trial.elapsedMs);
        expect(trial.retrieved.length).toBeGreaterThan(0);
      }
    }
    expect(provider.questions).toHaveLength(24);
    expect(run.err).toContain('asked 3 times. A model answers differently each time');
  });

  test('replays what was recorded, with its times, when the model is gone', async () => {
    const recordings = join(stores, 'answers.jsonl');
    const options = ['--runs', '2', '--recordings', recordings, '--json'];
    const first = chatOf(await evaluate([...at(), ...options]));
    const asked = provider.questions.length;
    const again = await evaluate([...at(), ...options, '--cache', 'require']);
    expect(again.code).toBe(0);
    const replayed = chatOf(again);
    expect(provider.questions).toHaveLength(asked);
    expect(replayed.outcomes.map(({ id }) => id)).toEqual(first.outcomes.map(({ id }) => id));
    for (const [index, { trials }] of replayed.outcomes.entries()) {
      const before = first.outcomes[index]?.trials ?? [];
      for (const [run, trial] of trials.entries()) {
        expect(trial).toMatchObject({ answer: before[run]?.answer, isReplayed: true, inputTokens: 11 });
        expect(trial.firstTokenMs).toBe(before[run]?.firstTokenMs);
      }
    }
    expect(replayed.summary.scores).toEqual(first.summary.scores);
  });

  test('fails on what is not recorded where replay is required, naming the case and the difference', async () => {
    const recordings = join(stores, 'answers.jsonl');
    await evaluate([...at(), '--recordings', recordings]);
    const text = await readFile(recordings, 'utf8');
    const lines = text.split('\n').slice(0, -1);
    // The first request goes; the others stay the nearest there is.
    const second = lines.findIndex((line, index) => index > 0 && line.startsWith('{"request"'));
    await writeFile(recordings, `${lines.slice(second).join('\n')}\n`);
    const { code, err } = await evaluate([...at(), '--recordings', recordings, '--cache', 'require']);
    expect(code).toBe(1);
    expect(err).toMatch(/^Case \S+ asks the model something that is not recorded\./m);
    expect(err).toMatch(/The nearest recorded request is of case \S+ \(- recorded, \+ asked now\):\n {4}- /);
    expect(err).not.toMatch(/^ +at /m);
  });

  test('is compared with a baseline of the same model, in CI by recorded answers only', async () => {
    const baseline = join(stores, 'baseline.json');
    const recordings = ['--recordings', join(stores, 'answers.jsonl')];
    const options = [...recordings, '--baseline', baseline];
    expect((await evaluate([...at(), '--runs', '2', ...options, '--update-baseline'])).code).toBe(0);
    expect(await readFile(baseline, 'utf8')).toContain(
      '"model": "compatible:scripted",\n  "prompt": "chat.answer@1",\n  "runs": 2,',
    );
    const asked = provider.questions.length;
    expect(await evaluate([...at(), ...options, '--ci'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('no case changed') as string,
    });
    expect(provider.questions).toHaveLength(asked);
    const other = await evaluate([...at(), '--runs', '3', ...options, '--ci']);
    expect(other).toMatchObject({
      code: 2,
      err: expect.stringContaining('made with 2 runs, not 3 runs') as string,
    });
    await rm(join(stores, 'answers.jsonl'));
    const missing = await evaluate([...at(), ...options, '--ci']);
    expect(missing).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing is recorded yet.') as string,
    });
  });

  test('asks again with --cache off, and keeps nothing', async () => {
    for (const expected of [8, 16]) {
      expect((await evaluate([...at(), '--cache', 'off'])).code).toBe(0);
      expect(provider.questions).toHaveLength(expected);
    }
  });

  test('keeps the order of the cases however many run at a time', async () => {
    const ids = async (parallel: string) => {
      const run = await evaluate([...at(), '--cache', 'off', '--parallel', parallel, '--json']);
      return chatOf(run).outcomes.map(({ id }) => id);
    };
    expect(await ids('6')).toEqual(await ids('1'));
  });
});

describe('an evaluation without its model', () => {
  test('is inconclusive and scores nothing 0; it goes on once the model is there', async () => {
    provider.script({ chunks: [], status: 401 });
    const failed = await evaluate([...at(), '--json', '--parallel', '1']);
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(
      /Inconclusive: 8 of 8 questions for the chat got no answer from compatible:scripted/,
    );
    expect(failed.err).toMatch(/Run the same again once this is mended/);
    const { outcomes, errors, summary } = chatOf(failed);
    expect(outcomes).toEqual([]);
    expect(errors).toHaveLength(8);
    expect(provider.questions).toHaveLength(5);
    expect(summary.scores.every(({ value }) => value === null)).toBe(true);
    provider.script({ chunks: ['It melts [1].'] });
    const mended = await evaluate([...at(), '--json']);
    expect(mended.code).toBe(0);
    expect(chatOf(mended).outcomes).toHaveLength(8);
  });
});

describe('an interrupted evaluation', () => {
  const ANSWERED = 3;

  /** Answers some questions and then holds all others. */
  async function interrupt(signal: NodeJS.Signals): Promise<Run> {
    const answers = Array.from({ length: ANSWERED }, () => ({ chunks: ['It melts [1].'] }));
    provider.script(...answers, { chunks: ['It'], ending: 'hold' });
    return evaluate([...at(), '--cache', 'off', '--parallel', '1'], async (kill) => {
      await expect.poll(() => provider.questions.length).toBe(ANSWERED + 1);
      kill(signal);
    });
  }

  test.each([
    ['cancelled', 'SIGINT', 130],
    ['killed', 'SIGKILL', null],
  ] as const)('that was %s goes on where it stopped', async (_, signal, code) => {
    expect((await interrupt(signal)).code).toBe(code);
    provider.script({ chunks: ['It melts [1].'] });
    const run = await evaluate([...at(), '--cache', 'off', '--json']);
    expect(run.code).toBe(0);
    expect(chatOf(run).outcomes).toHaveLength(8);
    expect(provider.questions).toHaveLength(ANSWERED + 1 + (8 - ANSWERED));
    // It is whole now, so the next one measures anew.
    await evaluate([...at(), '--cache', 'off']);
    expect(provider.questions).toHaveLength(ANSWERED + 1 + (8 - ANSWERED) + 8);
  });

  test.each([
    ['--fresh', ['--fresh']],
    ['another seed', ['--seed', '5']],
    ['other runs', ['--runs', '2']],
    ['another model', ['--model', 'compatible:other']],
  ])('is begun anew with %s', async (_, options) => {
    await interrupt('SIGKILL');
    const asked = provider.questions.length;
    provider.script({ chunks: ['It melts [1].'] });
    const { outcomes } = chatOf(await evaluate([...at(), '--cache', 'off', '--json', ...options]));
    const trials = outcomes.reduce((sum, each) => sum + each.trials.length, 0);
    expect(provider.questions.length - asked).toBe(trials);
  });
});
