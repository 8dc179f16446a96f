import { describe, expect, test } from 'vitest';
import { MAX_FRAGMENTS, MIN_DEAD_TOKENS } from '../../../src/core/indexing/generationWriter.ts';
import { committed, indexingFixture } from './indexingFixture.ts';

describe('small segments', () => {
  test('are merged into one when there are too many', async () => {
    const fixture = indexingFixture({ 'first.ts': 'first();\n' });
    await fixture.indexer.refresh();
    const expected: Record<string, string> = { 'first.ts': 'first();\n' };
    const counts: number[] = [];
    for (let n = 1; n <= MAX_FRAGMENTS; n++) {
      const path = `f${n}.ts`;
      expected[path] = `export const value${n} = ${n};\n`;
      fixture.tree.write(path, expected[path]);
      await fixture.indexer.refresh({ paths: [path] });
      counts.push(fixture.store.segmentIds().length);
    }
    expect(counts.at(-2)).toBe(MAX_FRAGMENTS);
    expect(counts.at(-1)).toBe(1);
    expect((await committed(fixture)).texts).toEqual(expected);
    expect(await fixture.newIndexer().refresh()).toMatchObject({ reused: MAX_FRAGMENTS + 1 });
  });

  test('that are damaged are built anew from the files', async () => {
    const fixture = indexingFixture();
    for (let n = 0; n <= MAX_FRAGMENTS; n++) {
      if (n === MAX_FRAGMENTS) fixture.store.damage(fixture.store.segmentIds()[0] ?? '', new Uint8Array(8));
      fixture.tree.write(`f${n}.ts`, `f(${n});\n`);
      if (n < MAX_FRAGMENTS) await fixture.indexer.refresh();
    }
    await fixture.indexer.refresh();
    expect(Object.keys((await committed(fixture)).texts)).toHaveLength(MAX_FRAGMENTS + 1);
    expect(await fixture.newIndexer().refresh()).toMatchObject({ reused: MAX_FRAGMENTS + 1 });
  });
});

describe('a segment with dead files', () => {
  const tokensPerLine = 6;
  const lines = (count: number) => 'a = b + c\n'.repeat(count);

  test('is rewritten when they weigh much', async () => {
    const dead = lines(MIN_DEAD_TOKENS / tokensPerLine + 1);
    const fixture = indexingFixture({ 'dead.ts': dead, 'live.ts': dead });
    await fixture.indexer.refresh();
    const [before] = fixture.store.segmentIds();
    fixture.tree.remove('dead.ts');
    await fixture.indexer.refresh();
    expect(fixture.store.segmentIds()).not.toContain(before);
    expect(await committed(fixture)).toMatchObject({ texts: { 'live.ts': dead } });
    expect(fixture.store.commits.at(-1)).toMatchObject({ complete: true });
  });

  test('is left alone when they weigh little', async () => {
    const dead = lines(100);
    const fixture = indexingFixture({ 'dead.ts': dead, 'live.ts': dead });
    await fixture.indexer.refresh();
    const before = fixture.store.segmentIds();
    fixture.tree.remove('dead.ts');
    await fixture.indexer.refresh();
    expect(fixture.store.segmentIds()).toEqual(before);
  });
});
