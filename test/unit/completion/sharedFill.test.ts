import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSharedFill, type SharedFill } from '../../../src/core/completion/sharedFill.ts';
import type { FillRequest, ModelPart } from '../../../src/core/ports/models.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const at = (prefix: string, suffix = ';\n'): FillRequest => ({
  path: 'a.ts',
  prefix,
  suffix,
  context: [],
  maxOutputTokens: 20,
});

/** A model that says what it is told to, when it is told to. */
interface Call {
  readonly request: FillRequest;
  readonly signal: AbortSignal;
  say(...parts: readonly ModelPart[]): void;
  fail(error: Error): void;
}

let clock: FakeClock;
let calls: Call[];
let fill: SharedFill;

beforeEach(() => {
  clock = new FakeClock(0);
  calls = [];
  fill = createSharedFill({
    clock,
    pauseMs: 100,
    model: {
      id: 'm',
      endpoint: 'localhost',
      async *complete(request, signal): AsyncGenerator<ModelPart> {
        let next = Promise.withResolvers<readonly ModelPart[]>();
        const aborted = new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        });
        aborted.catch(() => undefined);
        calls.push({
          request,
          signal,
          say: (...parts) => {
            next.resolve(parts);
          },
          fail: (error) => {
            next.reject(error);
          },
        });
        for (;;) {
          const parts = await Promise.race([next.promise, aborted]);
          next = Promise.withResolvers();
          yield* parts;
          if (parts.at(-1)?.type === 'done') return;
        }
      },
    },
  });
});

afterEach(() => {
  fill.close();
});

const text = (value: string): ModelPart => ({ type: 'text', text: value });
const usage: ModelPart = { type: 'usage', usage: { inputTokens: 9, outputTokens: 3 } };
const done: ModelPart = { type: 'done', stopReason: 'stop' };

/** Asks; what has come so far can be looked at. */
function ask(request: FillRequest) {
  const controller = new AbortController();
  const heard = { text: '', parts: [] as ModelPart[], error: undefined as unknown, isOver: false };
  const reading = (async () => {
    for await (const part of fill.complete(request, controller.signal)) {
      heard.parts.push(part);
      if (part.type === 'text') heard.text += part.text;
    }
  })().then(
    () => void (heard.isOver = true),
    (error: unknown) => void (heard.error = error),
  );
  const abort = async () => {
    controller.abort();
    await reading;
  };
  return { heard, abort };
}

async function pass(ms: number): Promise<void> {
  await turn();
  clock.advance(ms);
  await turn();
}

describe('one request serves', () => {
  test('a pause, not a key', async () => {
    for (const prefix of ['x', 'x ', 'x =']) {
      const { abort } = ask(at(prefix));
      await pass(60);
      await abort();
    }
    const { heard } = ask(at('x = '));
    await pass(100);
    expect(calls.map(({ request }) => request.prefix)).toEqual(['x = ']);
    calls[0]?.say(text('1'), usage, done);
    await turn();
    expect(heard.parts).toEqual([text('1'), usage, done]);
  });

  test('whoever types along it, while it is under way and afterwards, without a pause', async () => {
    const first = ask(at('x = '));
    await pass(100);
    await first.abort();
    const second = ask(at('x = lo'));
    await turn();
    calls[0]?.say(text('load('));
    await turn();
    expect(second.heard.text).toBe('ad(');
    calls[0]?.say(text('store)'), usage, done);
    await turn();
    expect(second.heard).toMatchObject({ text: 'ad(store)', isOver: true });
    const third = ask(at('x = load(st'));
    await turn();
    // What the call took was told to the first who heard it.
    expect(third.heard.parts).toEqual([text('ore)'), done]);
    expect(calls).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test('an earlier place again', async () => {
    ask(at('x = '));
    await pass(100);
    calls[0]?.say(text('1'), done);
    await turn();
    const again = ask(at('x = '));
    await turn();
    expect(again.heard.text).toBe('1');
    expect(fill.knows(at('x = '))).toBe(true);
    expect(fill.knows(at('x = ', ')'))).toBe(false);
    expect(fill.knows({ ...at('x = '), path: 'b.ts' })).toBe(false);
    expect(calls).toHaveLength(1);
  });
});

describe('another request is made', () => {
  test('where what is typed leads away; the one under way is given up', async () => {
    const first = ask(at('x = '));
    await pass(100);
    calls[0]?.say(text('load'));
    await turn();
    await first.abort();
    const second = ask(at('x = r'));
    await pass(100);
    expect(calls).toHaveLength(2);
    expect(calls[0]?.signal.aborted).toBe(true);
    calls[1]?.say(text('ead()'), done);
    await turn();
    expect(second.heard.text).toBe('ead()');
  });

  test('after a failure, which whoever waits is told', async () => {
    const first = ask(at('x = '));
    await pass(100);
    calls[0]?.fail(new Error('away'));
    await turn();
    expect(first.heard.error).toEqual(new Error('away'));
    ask(at('x = '));
    await pass(100);
    expect(calls).toHaveLength(2);
  });

  test('once all of an answer is typed', async () => {
    ask(at('x = '));
    await pass(100);
    calls[0]?.say(text('1'), done);
    await turn();
    ask(at('x = 1'));
    await pass(100);
    expect(calls).toHaveLength(2);
  });
});

test('whoever types, with whatever pauses, is told nothing but what is right where they are', async () => {
  const target = 'load(store).then((rows) => rows.length);';
  const key = fc.record({
    isRight: fc.boolean(),
    delay: fc.integer({ min: 10, max: 400 }),
    say: fc.integer({ min: 0, max: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(key, { maxLength: 25 }), async (keys) => {
      fill.close();
      calls = [];
      let typed = '';
      for (const { isRight, delay, say } of keys) {
        const prefix = `x = ${typed}`;
        const { heard, abort } = ask(at(prefix));
        const before = calls.length;
        await pass(delay);
        expect(calls.length - before).toBeLessThanOrEqual(1);
        const call = calls.at(-1);
        const own = call?.request.prefix.slice(4) ?? '';
        // The model knows the target as long as what stands there leads to it; else it makes something up.
        const rest = target.startsWith(own) ? target.slice(own.length) : 'other()';
        if (say > 0) call?.say(text(rest), done);
        await turn();
        const leads = target.startsWith(typed) ? target.slice(typed.length) : undefined;
        if (heard.text !== '' && leads !== undefined) expect(leads.startsWith(heard.text)).toBe(true);
        await abort();
        typed += isRight && leads !== undefined ? leads.slice(0, 1) : 'z';
      }
    }),
    { numRuns: 60 },
  );
});
