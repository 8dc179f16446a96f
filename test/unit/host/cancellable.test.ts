import { describe, expect, it } from 'vitest';
import { cancellable } from '../../../src/host/engine/cancellable.ts';

describe('cancellable', () => {
  it('passes the result on', async () => {
    const { signal } = new AbortController();
    await expect(
      cancellable(
        signal,
        () => Promise.resolve(7),
        () => undefined,
      ),
    ).resolves.toBe(7);
  });

  it('rejects at once when aborted, and tells the worker once', async () => {
    const controller = new AbortController();
    let cancelled = 0;
    const never = cancellable(
      controller.signal,
      () => new Promise(() => undefined),
      () => cancelled++,
    );
    controller.abort();
    await expect(never).rejects.toHaveProperty('name', 'AbortError');
    expect(cancelled).toBe(1);
  });

  it('does not start the work when it is too late already', async () => {
    let started = false;
    const work = () => Promise.resolve((started = true));
    await expect(cancellable(AbortSignal.abort(), work, () => undefined)).rejects.toThrow();
    expect(started).toBe(false);
  });

  it('cancels nothing once the work is done', async () => {
    const controller = new AbortController();
    let cancelled = false;
    await cancellable(
      controller.signal,
      () => Promise.resolve(1),
      () => (cancelled = true),
    );
    controller.abort();
    expect(cancelled).toBe(false);
  });
});
