import { expect, test } from 'vitest';
import { notifyCommits } from '../../../src/engine/indexer/notifyCommits.ts';
import { MemoryIndexStore } from '../../support/memoryIndexStore.ts';

test('reports each commit and each clear after it happened', async () => {
  const store = new MemoryIndexStore();
  const seen: number[] = [];
  const noisy = notifyCommits(store, (generation) => seen.push(generation));
  const change = { upserts: [], removals: [], vectors: {}, recipe: 'r', complete: true };
  await noisy.write(async (writer) => {
    await writer.commit(change);
    await writer.commit(change);
  });
  await noisy.clear();
  expect(seen).toHaveLength(3);
  expect(seen.at(-1)).toBe(await store.generation());
});

test('says nothing about a write that never commits', async () => {
  const seen: number[] = [];
  const noisy = notifyCommits(new MemoryIndexStore(), (generation) => seen.push(generation));
  await noisy.write((writer) => writer.putSegment(new Uint8Array(4)));
  expect(seen).toEqual([]);
});
