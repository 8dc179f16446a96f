import { describe, expect, test } from 'vitest';
import type { FileRecord } from '../../../src/core/ports/indexStore.ts';
import {
  compactSegments,
  MAX_FRAGMENTS,
  MIN_DEAD_TOKENS,
} from '../../../src/core/indexing/generationWriter.ts';
import { decodeSegment, encodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import { segmentOf } from '../../support/segmentOf.ts';
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

describe('segments of empty files', () => {
  /** What is committed of so many segments, each with so many files of no bytes, and the segments that are written of it. */
  async function compacted(segments: number, filesOfEach: number) {
    const names = (segment: number) => Array.from({ length: filesOfEach }, (_, at) => `${segment}/${at}`);
    const files = new Map<string, FileRecord>();
    for (let segment = 0; segment < segments; segment++) {
      for (const path of names(segment)) {
        const record = { path, size: 0, modifiedMs: 1, hash: 'empty', chunkCount: 0, segment: `${segment}` };
        files.set(path, record);
      }
    }
    const written: number[] = [];
    const moved = await compactSegments({
      store: {
        segment: (id) =>
          Promise.resolve(
            encodeSegment(segmentOf(Object.fromEntries(names(Number(id)).map((path) => [path, ''])))),
          ),
      },
      writer: {
        putSegment: (bytes) => {
          written.push(decodeSegment(bytes).files.length);
          return Promise.resolve(`merged ${written.length}`);
        },
      },
      files,
      losses: new Set(),
    });
    return { moved: moved.length, written };
  }

  test('attack: that are half full by their number are no fragments', async () => {
    expect(await compacted(MAX_FRAGMENTS + 1, 10_000)).toEqual({ moved: 0, written: [] });
  });

  test('attack: are merged into segments of no more files than others have', async () => {
    const { moved, written } = await compacted(MAX_FRAGMENTS + 1, 1_000);
    expect(moved).toBe(33_000);
    expect(written).toEqual([20_000, 13_000]);
  });
});
