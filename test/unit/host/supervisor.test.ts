import { beforeEach, describe, expect, it } from 'vitest';
import { Supervisor, type WorkerCrash } from '../../../src/host/engine/supervisor.ts';
import type { HostServices } from '../../../src/protocol/engine.ts';
import { LOOK_MS, MOST_SILENT_LOOKS } from '../../../src/host/engine/watchdog.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { createFakeWorker, type FakeWorker } from './fakeWorker.ts';

interface Remote {
  open(): Promise<void>;
  add(a: number, b: number): Promise<number>;
  hang(): Promise<number>;
  note(text: string): void;
  ping(): Promise<void>;
  /** Counts up, the first two numbers at once. */
  count(signal: AbortSignal): AsyncIterable<number>;
}

const services: HostServices = {
  log: () => undefined,
  indexStatus: () => undefined,
  symbols: () => Promise.resolve([]),
  committed: () => undefined,
  working: () => undefined,
  indexDamaged: () => undefined,
};

describe('Supervisor', () => {
  let clock: FakeClock;
  let workers: FakeWorker[];
  let crashes: WorkerCrash[];
  let received: string[];
  let isSilent: boolean;
  let open: () => Promise<unknown>;
  let supervisor: Supervisor<Remote>;
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const newest = () => workers.at(-1)!;

  beforeEach(() => {
    clock = new FakeClock();
    workers = [];
    crashes = [];
    received = [];
    open = () => Promise.resolve();
    isSilent = false;
    supervisor = new Supervisor<Remote>({
      name: 'calculator',
      start: () => {
        const worker = createFakeWorker({
          open: () => open(),
          add: (a: number, b: number) => Promise.resolve(a + b),
          ping: () => (isSilent ? new Promise<void>(() => undefined) : Promise.resolve()),
          hang: () => new Promise(() => undefined),
          note: (text: string) => void received.push(text),
          async *count(signal: AbortSignal) {
            yield 1;
            yield 2;
            await new Promise((_, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason as Error));
            });
          },
        });
        workers.push(worker);
        return worker;
      },
      services,
      kinds: { note: 'event', count: 'stream' },
      prepare: (remote) => remote.open(),
      ping: (remote) => remote.ping(),
      onCrash: (crash) => void crashes.push(crash),
      log: silentLogger,
      clock,
    });
  });

  /** Looks at the worker so many times, with a turn for its answers after each. */
  async function look(times: number): Promise<void> {
    for (let at = 0; at < times; at++) {
      clock.advance(LOOK_MS);
      await settle();
    }
  }

  it('leaves a worker alone that answers, however long', async () => {
    await supervisor.start();
    await look(10 * MOST_SILENT_LOOKS);
    expect(crashes).toEqual([]);
  });

  it('ends a worker that falls silent, says so, and starts another', async () => {
    await supervisor.start();
    isSilent = true;
    await look(MOST_SILENT_LOOKS);
    expect(newest().terminated).toBe(false);
    await look(1);
    expect(workers[0]?.terminated).toBe(true);
    expect(crashes).toMatchObject([{ worker: 'calculator', wasSilent: true, restartInMs: 250 }]);
    isSilent = false;
    clock.advance(250);
    await expect(supervisor.call((remote) => remote.add(2, 3))).resolves.toBe(5);
    await look(10 * MOST_SILENT_LOOKS);
    expect(crashes).toHaveLength(1);
  });

  it('takes any word for an answer', async () => {
    await supervisor.start();
    isSilent = true;
    for (let at = 0; at < 5 * MOST_SILENT_LOOKS; at++) {
      await look(1);
      if (at % MOST_SILENT_LOOKS === 0) newest().host.indexDamaged('/a');
      await settle();
    }
    expect(crashes).toEqual([]);
  });

  it('gives up on workers that fall silent again and again, however long each has run', async () => {
    await supervisor.start();
    isSilent = true;
    for (let crash = 0; crash < 5; crash++) await look(MOST_SILENT_LOOKS + 3);
    expect(crashes.map(({ restartInMs }) => restartInMs)).toEqual([250, 1000, 4000, 15_000, undefined]);
  });

  it('answers calls once the worker is prepared', async () => {
    await supervisor.start();
    await expect(supervisor.call((remote) => remote.add(2, 3))).resolves.toBe(5);
    expect(workers).toHaveLength(1);
  });

  it('holds calls back, and drops events, until the worker is prepared', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    open = () => promise;
    const started = supervisor.start();
    const sum = supervisor.call((remote) => remote.add(1, 1));
    await settle();
    expect(supervisor.remote).toBeUndefined();
    resolve(undefined);
    await started;
    await expect(sum).resolves.toBe(2);
    expect(supervisor.remote).toBeDefined();
  });

  it('delivers events in order with calls', async () => {
    await supervisor.start();
    supervisor.remote?.note('first');
    const sum = supervisor.call((remote) => remote.add(1, 2));
    supervisor.remote?.note('second');
    await sum;
    await settle();
    expect(received).toEqual(['first', 'second']);
  });

  it('passes on what goes wrong in a call', async () => {
    open = () => Promise.reject(new Error('disk full'));
    await expect(supervisor.start()).rejects.toThrow('disk full');
    await expect(supervisor.call((remote) => remote.add(1, 1))).rejects.toThrow('disk full');
  });

  it('rejects running and new calls with a clear error when the worker crashes', async () => {
    await supervisor.start();
    const running = supervisor.call((remote) => remote.hang());
    await settle();
    newest().crash('out of memory');
    await expect(running).rejects.toMatchObject({
      code: 'engine-stopped',
      message: 'The calculator has stopped and is being restarted. Try again in a few seconds.',
    });
    await expect(supervisor.call((remote) => remote.add(1, 1))).rejects.toMatchObject({
      code: 'engine-stopped',
    });
    expect(crashes).toEqual([{ worker: 'calculator', reason: 'out of memory', restartInMs: 250 }]);
  });

  it('restarts and prepares the worker again after a pause', async () => {
    await supervisor.start();
    newest().crash();
    clock.advance(249);
    expect(workers).toHaveLength(1);
    clock.advance(1);
    expect(workers).toHaveLength(2);
    await expect(supervisor.call((remote) => remote.add(4, 4))).resolves.toBe(8);
  });

  it('waits longer after each crash and gives up in the end', async () => {
    await supervisor.start();
    for (let crash = 0; crash < 5; crash++) {
      newest().crash();
      clock.advance(15_000);
    }
    expect(crashes.map(({ restartInMs }) => restartInMs)).toEqual([250, 1_000, 4_000, 15_000, undefined]);
    expect(workers).toHaveLength(5);
    await expect(supervisor.call((remote) => remote.add(1, 1))).rejects.toThrow(/is not running/);
  });

  it('forgets old crashes of a worker that has run well since', async () => {
    await supervisor.start();
    newest().crash();
    clock.advance(250);
    clock.advance(60_000);
    newest().crash();
    expect(crashes.map(({ restartInMs }) => restartInMs)).toEqual([250, 250]);
  });

  it('can be revived before the back-off ends and after it gave up', async () => {
    await supervisor.start();
    newest().crash();
    await supervisor.revive();
    expect(workers).toHaveLength(2);
    clock.advance(60_000);
    expect(workers).toHaveLength(2);
    await supervisor.revive();
    expect(workers).toHaveLength(2);
  });

  it('prepares a worker again that could not be prepared', async () => {
    open = () => Promise.reject(new Error('disk full'));
    await expect(supervisor.start()).rejects.toThrow('disk full');
    open = () => Promise.resolve();
    await supervisor.revive();
    await expect(supervisor.call((remote) => remote.add(1, 1))).resolves.toBe(2);
    expect(workers).toHaveLength(1);
  });

  it('prepares a running worker again instead of starting a second one', async () => {
    let opened = 0;
    open = () => Promise.resolve(opened++);
    await supervisor.start();
    await supervisor.start();
    expect(opened).toBe(2);
    expect(workers).toHaveLength(1);
  });

  it('does not prepare a worker twice at the same time', async () => {
    let opening = 0;
    let most = 0;
    open = async () => {
      most = Math.max(most, ++opening);
      await settle();
      opening--;
    };
    await Promise.all([supervisor.start(), supervisor.start(), supervisor.start()]);
    expect(most).toBe(1);
  });

  it('streams once the worker is prepared, until the worker crashes', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    open = () => promise;
    void supervisor.start();
    const counting = supervisor.stream((remote) => remote.count(new AbortController().signal));
    const first = counting.next();
    resolve(undefined);
    await expect(first).resolves.toEqual({ done: false, value: 1 });
    await expect(counting.next()).resolves.toEqual({ done: false, value: 2 });
    const third = counting.next();
    newest().crash();
    await expect(third).rejects.toMatchObject({ code: 'engine-stopped' });
  });

  it('lets callers give up while the worker is being prepared', async () => {
    open = () => new Promise(() => undefined);
    void supervisor.start();
    const controller = new AbortController();
    const { signal } = controller;
    const adding = supervisor.call((remote) => remote.add(1, 1), signal);
    const counting = supervisor.stream((remote) => remote.count(signal), signal).next();
    controller.abort();
    await expect(adding).rejects.toBe(signal.reason);
    await expect(counting).rejects.toBe(signal.reason);
  });

  it('rejects what is running when it is stopped, and counts no crash', async () => {
    await supervisor.start();
    const running = supervisor.call((remote) => remote.hang());
    await settle();
    await supervisor.stop((remote) => remote.add(0, 0), 1_000);
    await expect(running).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(newest().terminated).toBe(true);
    expect(crashes).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('does not wait longer than the grace period for a worker that hangs', async () => {
    await supervisor.start();
    const stopped = supervisor.stop((remote) => remote.hang(), 1_000);
    await settle();
    expect(newest().terminated).toBe(false);
    clock.advance(1_000);
    await stopped;
    expect(newest().terminated).toBe(true);
  });

  it('does not come back when it is stopped during the back-off', async () => {
    await supervisor.start();
    newest().crash();
    await supervisor.stop((remote) => remote.open(), 1_000);
    clock.advance(60_000);
    expect(workers).toHaveLength(1);
  });
});
