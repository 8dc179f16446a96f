import { beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { connect, type Connection } from '../../../../src/protocol/rpc/connection.ts';
import { STREAM_WINDOW } from '../../../../src/protocol/rpc/messages.ts';
import type { MethodKinds, Remote } from '../../../../src/protocol/rpc/remote.ts';
import { LinkPair } from './linkPair.ts';

interface Calculator {
  add(a: number, b: number): Promise<number>;
  /** Settles when its signal aborts, in the way it is told to. */
  hang(signal: AbortSignal): Promise<string>;
  fail(): Promise<void>;
  give(what: 'function' | 'nothing'): Promise<unknown>;
  count(upTo: number, signal?: AbortSignal): AsyncGenerator<number, string>;
  /** Yields once and then waits for the signal. */
  stall(signal: AbortSignal): AsyncIterable<string>;
  /** Yields what cannot be copied. */
  leak(): AsyncIterable<unknown>;
  note(text: string): void;
  refuse(text: string): void;
}

const calculatorKinds: MethodKinds<Calculator> = {
  count: 'stream',
  stall: 'stream',
  leak: 'stream',
  note: 'event',
  refuse: 'event',
};

class OddError extends Error {
  override readonly name = 'OddError';
  readonly code = 'odd';
}

let links: LinkPair;
let near: Connection<Calculator>;
let far: Connection<object>;
let log: string[];
let produced: number;
let remote: Remote<Calculator>;

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

const service: Calculator = {
  add: (a, b) => {
    log.push(`add ${a} ${b}`);
    return Promise.resolve(a + b);
  },
  hang: async (signal) => {
    await aborted(signal);
    log.push(`aborted: ${(signal.reason as Error).name}: ${(signal.reason as Error).message}`);
    return 'too late';
  },
  fail: () => Promise.reject(new OddError('an odd thing', { cause: new Error('deep') })),
  give: (what) => Promise.resolve(what === 'function' ? () => 1 : undefined),
  async *count(upTo) {
    try {
      for (let number = 1; number <= upTo; number++) {
        produced = await Promise.resolve(number);
        yield number;
      }
      return 'counted';
    } finally {
      log.push('counting ends');
    }
  },
  async *stall(signal) {
    try {
      yield 'first';
      await aborted(signal);
      log.push('stalling is aborted');
    } finally {
      log.push('stalling ends');
    }
  },
  async *leak() {
    try {
      yield 'fine';
      yield await Promise.resolve(() => 'not copied');
    } finally {
      log.push('leaking ends');
    }
  },
  note: (text) => void log.push(`note ${text}`),
  refuse: (text) => {
    throw new Error(`no ${text}`);
  },
};

beforeEach(() => {
  links = new LinkPair();
  log = [];
  produced = 0;
  near = connect<Calculator>(links.left, {
    kinds: calculatorKinds,
    serve: () => ({}),
    onEventError: () => undefined,
  });
  far = connect<object>(links.right, {
    kinds: {},
    serve: () => service,
    onEventError: (error, method) => log.push(`${method} failed: ${(error as Error).message}`),
  });
  remote = near.remote;
});

const pending = () => near.pending + far.pending;

/** What a promise came to, once everything has been delivered. */
async function outcome(promise: Promise<unknown>): Promise<unknown> {
  const settled = promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  await links.settle();
  return Promise.race([settled, Promise.resolve('unsettled')]);
}

async function read(stream: AsyncGenerator<unknown, unknown>): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  for (;;) {
    const { done, value } = await stream.next();
    if (done === true) return [...items, `→ ${String(value)}`];
    items.push(value);
  }
}

describe('the type of the other end', () => {
  it('is that of its service', () => {
    expectTypeOf(remote.add).toEqualTypeOf<(a: number, b: number) => Promise<number>>();
    expectTypeOf(remote.count).returns.toEqualTypeOf<AsyncGenerator<number, string, undefined>>();
    expectTypeOf(remote.stall).parameters.toEqualTypeOf<[signal: AbortSignal]>();
    expectTypeOf(remote.stall).returns.toEqualTypeOf<AsyncGenerator<string, void, undefined>>();
    expectTypeOf(remote.note).returns.toBeVoid();
    expectTypeOf<MethodKinds<Calculator>>().toEqualTypeOf<
      Readonly<Record<'count' | 'stall' | 'leak', 'stream'> & Record<'note' | 'refuse', 'event'>>
    >();
  });

  it('can be awaited and printed without a call', async () => {
    await expect(Promise.resolve(remote)).resolves.toBe(remote);
    expect(String(Object.keys(remote))).toBe('');
    expect(links.posted).toEqual([]);
  });
});

describe('a call', () => {
  it('is answered', async () => {
    await expect(outcome(remote.add(2, 3))).resolves.toEqual({ value: 5 });
    expect(pending()).toBe(0);
  });

  it('is started in order with events', async () => {
    remote.note('first');
    void remote.add(1, 2);
    remote.note('second');
    await links.settle();
    expect(log).toEqual(['note first', 'add 1 2', 'note second']);
  });

  it('rejects with what was thrown', async () => {
    await expect(outcome(remote.fail())).resolves.toMatchObject({
      error: { name: 'OddError', code: 'odd', message: 'an odd thing', cause: { message: 'deep' } },
    });
    expect(pending()).toBe(0);
  });

  it('rejects when there is no such method', async () => {
    const other = (remote as unknown as { other(): Promise<void> }).other();
    await expect(outcome(other)).resolves.toMatchObject({
      error: { name: 'TypeError', message: 'There is no method other at this end.' },
    });
  });

  it('rejects when its value, or an argument, cannot be copied', async () => {
    await expect(outcome(remote.give('function'))).resolves.toMatchObject({
      error: { name: 'DataCloneError' },
    });
    const argument = (() => 1) as unknown as number;
    await expect(outcome(remote.add(1, argument))).resolves.toMatchObject({
      error: { name: 'DataCloneError' },
    });
    expect(pending()).toBe(0);
  });

  it('may be answered with nothing', async () => {
    await expect(outcome(remote.give('nothing'))).resolves.toEqual({ value: undefined });
  });
});

describe('a call with a signal', () => {
  it('rejects with the reason at once, and aborts the signal at the other end', async () => {
    const controller = new AbortController();
    const call = remote.hang(controller.signal);
    await links.settle();
    controller.abort(new OddError('enough'));
    await expect(call).rejects.toBe(controller.signal.reason);
    expect(near.pending).toBe(0);
    expect(log).toEqual([]);
    await links.settle();
    expect(log).toEqual(['aborted: OddError: enough']);
    expect(far.pending).toBe(0);
    expect(links.kinds('left')).toEqual([]);
  });

  it('sends nothing when it is aborted before', async () => {
    const call = remote.hang(AbortSignal.abort(new OddError('never mind')));
    await expect(call).rejects.toMatchObject({ message: 'never mind' });
    expect(links.posted).toEqual([]);
    expect(pending()).toBe(0);
  });

  it('starts and is aborted in one go when both messages wait', async () => {
    const controller = new AbortController();
    const call = remote.hang(controller.signal);
    controller.abort();
    await expect(call).rejects.toHaveProperty('name', 'AbortError');
    await links.settle();
    expect(log).toEqual(['aborted: AbortError: This operation was aborted']);
  });

  it('lets go of the signal when it is answered', async () => {
    const controller = new AbortController();
    const stream = remote.count(1, controller.signal);
    await Promise.all([read(stream), links.settle()]);
    controller.abort();
    expect(links.kinds('right')).toEqual(['stream']);
  });
});

describe('an event', () => {
  it('that fails is reported where it failed', async () => {
    remote.refuse('thanks');
    await links.settle();
    expect(log).toEqual(['refuse failed: no thanks']);
    expect(links.kinds('left')).toEqual([]);
  });
});

describe('a stream', () => {
  it('starts when it is read', async () => {
    const stream = remote.count(3);
    await links.settle();
    expect(links.posted).toEqual([]);
    await expect(stream.return('unread')).resolves.toEqual({ done: true, value: 'unread' });
    expect(links.posted).toEqual([]);
  });

  it('brings its items in order, a message each, and the value at its end', async () => {
    const [items] = await Promise.all([read(remote.count(5)), links.settle()]);
    expect(items).toEqual([1, 2, 3, 4, 5, '→ counted']);
    expect(links.kinds('left')).toEqual(['item', 'item', 'item', 'item', 'item', 'end']);
    expect(links.kinds('right')).toEqual(['stream']);
    expect(pending()).toBe(0);
  });

  it('of any length arrives whole', async () => {
    const [items] = await Promise.all([read(remote.count(1_000)), links.settle()]);
    expect(items).toHaveLength(1_001);
    expect(items.slice(0, 1_000)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  });

  it('waits for a slow reader', async () => {
    const stream = remote.count(1_000);
    const first = stream.next();
    await links.settle();
    await expect(first).resolves.toEqual({ done: false, value: 1 });
    expect(produced).toBe(STREAM_WINDOW);
    for (let item = 2; item <= STREAM_WINDOW; item++) await stream.next();
    await links.settle();
    expect(produced).toBe(2 * STREAM_WINDOW);
  });

  it('ends its producer when the reader leaves', async () => {
    const stream = remote.count(1_000);
    const first = stream.next();
    await links.settle();
    await first;
    await stream.return('left');
    expect(near.pending).toBe(0);
    await links.settle();
    expect(log).toEqual(['counting ends']);
    expect(far.pending).toBe(0);
  });

  it('ends a producer that waits for something else when the reader leaves', async () => {
    const stream = remote.stall(new AbortController().signal);
    const first = stream.next();
    await links.settle();
    await first;
    await stream.return();
    await links.settle();
    expect(log).toEqual(['stalling is aborted', 'stalling ends']);
    expect(pending()).toBe(0);
  });

  it('rejects at once when it is aborted, and says nothing more', async () => {
    const controller = new AbortController();
    const stream = remote.stall(controller.signal);
    const first = stream.next();
    await links.settle();
    await expect(first).resolves.toEqual({ done: false, value: 'first' });
    const second = stream.next();
    controller.abort();
    await expect(second).rejects.toBe(controller.signal.reason);
    await expect(stream.next()).resolves.toEqual({ done: true, value: undefined });
    await links.settle();
    expect(log).toEqual(['stalling is aborted', 'stalling ends']);
    expect(links.kinds('right')).toEqual(['stream', 'cancel']);
    expect(pending()).toBe(0);
  });

  it('is cancelled at once also while its reader is busy, and drops what has arrived', async () => {
    const controller = new AbortController();
    const stream = remote.count(1_000, controller.signal);
    const first = stream.next();
    await links.settle();
    await first;
    controller.abort();
    expect(pending()).toBe(1);
    await links.settle();
    expect(log).toEqual(['counting ends']);
    expect(pending()).toBe(0);
    await expect(stream.next()).rejects.toBe(controller.signal.reason);
  });

  it('sends nothing when it is aborted before', async () => {
    await expect(remote.stall(AbortSignal.abort()).next()).rejects.toHaveProperty('name', 'AbortError');
    expect(links.posted).toEqual([]);
  });

  it('rejects with an item that cannot be copied, and ends its producer', async () => {
    const items: unknown[] = [];
    const reading = (async () => {
      for await (const item of remote.leak()) items.push(item);
    })();
    await expect(outcome(reading)).resolves.toMatchObject({ error: { name: 'DataCloneError' } });
    expect(items).toEqual(['fine']);
    expect(log).toEqual(['leaking ends']);
    expect(pending()).toBe(0);
  });

  it('rejects when there is no such method', async () => {
    far.close(new Error('replaced'));
    far = connect<object>(links.right, { kinds: {}, serve: () => ({}), onEventError: () => undefined });
    await expect(outcome(read(remote.count(1)))).resolves.toMatchObject({ error: { name: 'TypeError' } });
    expect(pending()).toBe(0);
  });
});

describe('a connection that is closed', () => {
  const gone = new OddError('the other end is gone');

  it('rejects what is pending and what comes later, and drops events', async () => {
    const controller = new AbortController();
    const call = remote.hang(controller.signal);
    const stream = remote.stall(controller.signal);
    const first = stream.next();
    await links.settle();
    await first;
    const second = stream.next();
    near.close(gone);
    near.close(new Error('again'));
    await expect(call).rejects.toBe(gone);
    await expect(second).rejects.toBe(gone);
    await expect(remote.add(1, 1)).rejects.toBe(gone);
    await expect(remote.count(1).next()).rejects.toBe(gone);
    remote.note('nobody hears this');
    controller.abort();
    expect(links.kinds('right')).toEqual(['call', 'stream']);
    expect(near.pending).toBe(0);
    expect(near.isClosed).toBe(true);
  });

  it('lets a reader have what had arrived', async () => {
    const stream = remote.count(3);
    const first = stream.next();
    await links.settle();
    near.close(gone);
    await expect(first).resolves.toMatchObject({ value: 1 });
    await expect(read(stream)).resolves.toEqual([2, 3, '→ counted']);
  });

  it('aborts what it was running', async () => {
    const { signal } = new AbortController();
    void remote.hang(signal);
    void remote.stall(signal).next();
    await links.settle();
    far.close(gone);
    await links.settle();
    expect(log).toEqual(
      expect.arrayContaining(['aborted: OddError: the other end is gone', 'stalling ends']),
    );
    expect(far.pending).toBe(0);
    expect(links.kinds('left')).toEqual(['item']);
  });
});
