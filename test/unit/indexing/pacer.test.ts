import { expect, test } from 'vitest';
import { createPacer } from '../../../src/core/indexing/pacer.ts';
import { FakeClock } from '../../support/fakeClock.ts';

test('gives way once a stretch of work is used up, and then starts a new one', async () => {
  const clock = new FakeClock();
  const pace = createPacer(clock, undefined);
  await pace();
  expect(clock.pending).toBe(0);
  clock.advance(20);
  const waiting = pace();
  expect(clock.pending).toBe(1);
  clock.advance(0);
  await waiting;
  await pace();
  expect(clock.pending).toBe(0);
});

test('notices an abort at once, and one that came while it gave way', async () => {
  const clock = new FakeClock();
  const abort = new AbortController();
  const pace = createPacer(clock, abort.signal);
  clock.advance(20);
  const waiting = pace();
  abort.abort();
  clock.advance(0);
  await expect(waiting).rejects.toThrow('abort');
  await expect(pace()).rejects.toThrow('abort');
});
