import { describe, expect, it } from 'vitest';
import { SerialQueue } from '../../../src/core/async/serialQueue.ts';

function gate() {
  return Promise.withResolvers<undefined>();
}

describe('SerialQueue', () => {
  it('runs one piece of work at a time, in the order it was given', async () => {
    const queue = new SerialQueue();
    const { promise: opened, resolve: open } = gate();
    const seen: string[] = [];
    const first = queue.run(async () => {
      seen.push('first begins');
      await opened;
      seen.push('first ends');
      return 1;
    });
    const second = queue.run(() => {
      seen.push('second');
      return 2;
    });
    open(undefined);
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(seen).toEqual(['first begins', 'first ends', 'second']);
  });

  it('hands a failure to whoever gave the work, and goes on', async () => {
    const queue = new SerialQueue();
    const failed = queue.run(() => Promise.reject(new Error('no')));
    const thrown = queue.run(() => {
      throw new Error('never');
    });
    const next = queue.run(() => 'yes');
    await expect(failed).rejects.toThrow('no');
    await expect(thrown).rejects.toThrow('never');
    expect(await next).toBe('yes');
  });

  it('is idle when everything given so far has ended, also what failed', async () => {
    const queue = new SerialQueue();
    await queue.idle();
    let ended = 0;
    const failed = queue.run(() => {
      ended++;
      throw new Error('no');
    });
    void queue.run(() => {
      ended++;
    });
    failed.catch(() => undefined);
    await queue.idle();
    expect(ended).toBe(2);
  });

  it('gives up work whose signal aborts before its turn, at once', async () => {
    const queue = new SerialQueue();
    const { promise: opened, resolve: open } = gate();
    const abort = new AbortController();
    const first = queue.run(() => opened);
    let hasRun = false;
    const second = queue.run(() => {
      hasRun = true;
    }, abort.signal);
    abort.abort();
    await expect(second).rejects.toBe(abort.signal.reason);
    open(undefined);
    await first;
    await queue.idle();
    expect(hasRun).toBe(false);
    await expect(queue.run(() => 1, abort.signal)).rejects.toBe(abort.signal.reason);
  });

  it('leaves work to itself once it has begun', async () => {
    const queue = new SerialQueue();
    const { promise: opened, resolve: open } = gate();
    const { promise: begun, resolve: begin } = gate();
    const abort = new AbortController();
    const running = queue.run(async () => {
      begin(undefined);
      await opened;
      return 'done';
    }, abort.signal);
    await begun;
    abort.abort();
    open(undefined);
    expect(await running).toBe('done');
  });
});
