import { expect, test } from 'vitest';
import { releaseMemory } from '../../../src/engine/indexer/releaseMemory.ts';

test('memory that is no longer needed goes back to the system, and no door stays open', () => {
  let kept: number[][] | undefined = Array.from({ length: 400 }, () =>
    new Array<number>(25_000).fill(Math.random()),
  );
  const full = process.memoryUsage().rss;
  expect(kept).toHaveLength(400);
  kept = undefined;
  releaseMemory();
  // 80 MB of numbers were held; whatever else the runner does meanwhile is far less.
  expect(process.memoryUsage().rss).toBeLessThan(full - 30_000_000);
  expect(globalThis).not.toHaveProperty('gc');
});
