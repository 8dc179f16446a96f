import { expect, test } from 'vitest';
import { createTimeSlice, nextTurn, TimeSlice } from '../../../src/core/async/timeSlice.ts';

const FOREVER_MS = Number.MAX_VALUE;

test('the next turn comes after what waits for the thread', async () => {
  let otherRan = false;
  setImmediate(() => (otherRan = true));
  await nextTurn();
  expect(otherRan).toBe(true);
});

test('other work runs once the slice is used up, and not while it lasts', async () => {
  let otherRan = false;
  setImmediate(() => (otherRan = true));
  await createTimeSlice(undefined, FOREVER_MS)();
  expect(otherRan).toBe(false);
  await createTimeSlice(undefined, 0)();
  expect(otherRan).toBe(true);
});

test('a rest begins another slice', async () => {
  const slice = new TimeSlice(FOREVER_MS);
  expect(slice.isOver).toBe(false);
  await slice.rest();
  expect(slice.isOver).toBe(false);
  expect(new TimeSlice(0).isOver).toBe(true);
});

test('an abort is noticed at once, also while the slice lasts', async () => {
  const abort = new AbortController();
  const pause = createTimeSlice(abort.signal, FOREVER_MS);
  await pause();
  abort.abort();
  await expect(pause()).rejects.toBe(abort.signal.reason);
});

test('an abort that comes during a rest is noticed when it is over', async () => {
  const abort = new AbortController();
  const resting = createTimeSlice(abort.signal, 0)();
  abort.abort();
  await expect(resting).rejects.toBe(abort.signal.reason);
});
