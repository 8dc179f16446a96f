import { beforeEach, describe, expect, it } from 'vitest';
import { PathBatch } from '../../../src/host/workspace/pathBatch.ts';
import { FakeClock } from '../../support/fakeClock.ts';

describe('PathBatch', () => {
  let clock: FakeClock;
  let sent: { root: string; paths: readonly string[] }[];
  let batch: PathBatch;

  beforeEach(() => {
    clock = new FakeClock();
    sent = [];
    batch = new PathBatch(clock, (root, paths) => sent.push({ root, paths }));
  });

  it('sends a burst of events as one message, each path once', () => {
    for (let n = 0; n < 10_000; n++) batch.add('/a', `src/file${n % 500}.ts`);
    expect(sent).toEqual([]);
    clock.advance(50);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.paths).toHaveLength(500);
  });

  it('makes a few looks at everything of a checkout that changes ten thousand files in ten seconds', () => {
    for (let n = 0; n < 10_000; n++) {
      batch.add('/a', `src/file${n}.ts`);
      if (n % 100 === 99) clock.advance(100);
    }
    clock.advance(500);
    const looks = sent.filter(({ paths }) => paths.includes(''));
    expect(looks.length).toBeLessThanOrEqual(3);
    expect(sent.length - looks.length).toBeLessThanOrEqual(5);
    expect(sent.at(-1)).toEqual({ root: '/a', paths: [''] });
  });

  it('goes back to single paths after a flood', () => {
    for (let n = 0; n < 2_000; n++) batch.add('/a', `${n}.ts`);
    clock.advance(1_500);
    batch.add('/a', 'x.ts');
    clock.advance(50);
    expect(sent.map(({ paths }) => paths)).toEqual([[''], ['x.ts']]);
  });

  it('sends one message a folder', () => {
    batch.add('/a', 'x.ts');
    batch.add('/b', 'y.ts');
    batch.add('/a', 'z.ts');
    clock.advance(50);
    expect(sent).toEqual([
      { root: '/a', paths: ['x.ts', 'z.ts'] },
      { root: '/b', paths: ['y.ts'] },
    ]);
  });

  it('does not let a stream without pauses wait for ever', () => {
    for (let n = 0; n < 60; n++) {
      batch.add('/a', `file${n}.ts`);
      clock.advance(40);
    }
    expect(sent.length).toBeGreaterThanOrEqual(2);
    expect(sent[0]?.paths[0]).toBe('file0.ts');
  });

  it('starts afresh after a flush', () => {
    batch.add('/a', 'x.ts');
    batch.flush();
    clock.advance(1_000);
    batch.add('/a', 'y.ts');
    clock.advance(50);
    expect(sent).toEqual([
      { root: '/a', paths: ['x.ts'] },
      { root: '/a', paths: ['y.ts'] },
    ]);
  });

  it('sends nothing once disposed', () => {
    batch.add('/a', 'x.ts');
    batch.dispose();
    clock.advance(10_000);
    expect(sent).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
