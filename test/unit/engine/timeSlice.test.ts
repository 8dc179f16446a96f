import { expect, test } from 'vitest';
import { createTimeSlice } from '../../../src/engine/workspace/timeSlice.ts';

test('lets other work run once the slice is used up', async () => {
  const pause = createTimeSlice(0);
  let otherRan = false;
  setImmediate(() => (otherRan = true));
  await pause();
  expect(otherRan).toBe(true);
});

test('goes on at once while the slice lasts', async () => {
  const pause = createTimeSlice(60_000);
  let otherRan = false;
  setImmediate(() => (otherRan = true));
  await pause();
  expect(otherRan).toBe(false);
});
