import { describe, expect, test } from 'vitest';
import type { EvalCase } from '../../../src/evals/evalCase.ts';
import { runCases, type CaseResult, type RunCasesOptions } from '../../../src/evals/runCases.ts';

const caseOf = (id: string): EvalCase => ({
  id,
  source: 's',
  language: 'TypeScript',
  folder: 'src',
  path: 'a.ts',
});
const cases = (count: number): readonly EvalCase[] =>
  Array.from({ length: count }, (_, at) => caseOf(`c${at}`));

type Options = RunCasesOptions<EvalCase, string>;

function run(count: number, options: Partial<Options>) {
  return runCases<EvalCase, string>(cases(count), {
    parallel: 1,
    finished: () => undefined,
    run: ({ id }) => Promise.resolve({ outcome: id }),
    keep: () => Promise.resolve(),
    onDone: () => undefined,
    signal: undefined,
    ...options,
  });
}

const failing = (id: string): CaseResult<string> => ({ error: { id, message: 'The model is away.' } });

describe('runCases', () => {
  test('keeps the order of the cases, whatever ends first, and the number at a time', async () => {
    const waiting: (() => void)[] = [];
    let atATime = 0;
    const done = run(7, {
      parallel: 3,
      run: async ({ id }) => {
        const ended = new Promise<void>((resolve) => waiting.push(resolve));
        atATime = Math.max(atATime, waiting.length);
        // The youngest ends first, once as many run as may.
        if (waiting.length === 3) waiting.pop()?.();
        if (id === 'c6') for (const end of waiting.splice(0)) end();
        await ended;
        return { outcome: id };
      },
    });
    expect((await done).outcomes).toEqual(cases(7).map(({ id }) => id));
    expect(atATime).toBe(3);
  });

  test('runs only what is not finished, and counts the rest as done', async () => {
    const ran: string[] = [];
    const kept: string[] = [];
    const counts: number[] = [];
    const { outcomes } = await run(5, {
      finished: ({ id }) => (id < 'c3' ? `old ${id}` : undefined),
      run: ({ id }) => {
        ran.push(id);
        return Promise.resolve({ outcome: id });
      },
      keep: ({ id }) => Promise.resolve(void kept.push(id)),
      onDone: (done) => counts.push(done),
    });
    expect(outcomes).toEqual(['old c0', 'old c1', 'old c2', 'c3', 'c4']);
    expect({ ran, kept, counts }).toEqual({ ran: ['c3', 'c4'], kept: ['c3', 'c4'], counts: [4, 5] });
  });

  test('an error is no outcome and is not kept', async () => {
    const kept: string[] = [];
    const { outcomes, errors } = await run(3, {
      run: ({ id }) => Promise.resolve(id === 'c1' ? failing(id) : { outcome: id }),
      keep: ({ id }) => Promise.resolve(void kept.push(id)),
    });
    expect(outcomes).toEqual(['c0', 'c2']);
    expect(kept).toEqual(['c0', 'c2']);
    expect(errors).toEqual([{ id: 'c1', message: 'The model is away.' }]);
  });

  test('gives up once so many failed that the rest is not worth asking', async () => {
    let asked = 0;
    const { outcomes, errors } = await run(100, {
      run: ({ id }) => {
        asked++;
        return Promise.resolve(failing(id));
      },
    });
    expect({ asked, outcomes, errors: errors.length }).toEqual({ asked: 5, outcomes: [], errors: 100 });
    expect(errors.at(-1)?.message).toMatch(/Not tried/);
  });

  test('goes on while errors are few among many', async () => {
    const { outcomes, errors } = await run(300, {
      run: ({ id }) => Promise.resolve(id.endsWith('50') ? failing(id) : { outcome: id }),
    });
    expect({ outcomes: outcomes.length, errors: errors.length }).toEqual({ outcomes: 297, errors: 3 });
  });

  test('rejects with what makes going on senseless, and stops the others', async () => {
    let stopped = 0;
    const ran: string[] = [];
    await expect(
      run(9, {
        parallel: 2,
        run: async ({ id }, signal) => {
          ran.push(id);
          if (id === 'c1') throw new Error('nothing recorded');
          await new Promise<void>((resolve) => {
            signal.addEventListener('abort', () => {
              stopped++;
              resolve();
            });
          });
          return { outcome: id };
        },
      }),
    ).rejects.toThrow('nothing recorded');
    expect({ stopped, ran }).toEqual({ stopped: 1, ran: ['c0', 'c1'] });
  });

  test('keeps what was finished before it is cancelled', async () => {
    const controller = new AbortController();
    const kept: string[] = [];
    const running = run(9, {
      signal: controller.signal,
      keep: ({ id }) => {
        kept.push(id);
        if (id === 'c2') controller.abort();
        return Promise.resolve();
      },
    });
    await expect(running).rejects.toThrow(/abort/i);
    expect(kept).toEqual(['c0', 'c1', 'c2']);
  });
});
