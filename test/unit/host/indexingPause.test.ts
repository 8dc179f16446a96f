import { expect, test } from 'vitest';
import { IndexingPause } from '../../../src/host/indexStatus/indexingPause.ts';

function memory() {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: (key: string) => kept.get(key),
    update: (key: string, value: unknown) => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
      return Promise.resolve();
    },
  };
}

test('a pause outlives the window, until it is ended', () => {
  const kept = memory();
  new IndexingPause(kept).kind = 'paused';
  const later = new IndexingPause(kept);
  expect(later.kind).toBe('paused');
  later.kind = undefined;
  expect(new IndexingPause(kept).kind).toBeUndefined();
  expect(kept.kept.size).toBe(0);
});

test('a stop ends with the window, also when it follows a pause', () => {
  const kept = memory();
  const pause = new IndexingPause(kept);
  pause.kind = 'paused';
  pause.kind = 'stopped';
  expect(pause.kind).toBe('stopped');
  expect(new IndexingPause(kept).kind).toBeUndefined();
});
