import { describe, expect, it } from 'vitest';
import { indexOverview, isBusy } from '../../../src/host/indexStatus/indexOverview.ts';
import type { IndexStatus } from '../../../src/protocol/engine.ts';

const ready = (files: number, skipped: readonly string[] = []): IndexStatus => ({
  state: 'ready',
  files,
  chunks: files * 3,
  skipped: skipped.length === 0 ? [] : [{ reason: 'too large', count: skipped.length, examples: skipped }],
  elapsedMs: 5,
});

describe('indexOverview', () => {
  it('says that no folder is open', () => {
    expect(indexOverview([])).toEqual({ state: 'noFolder' });
  });

  it('is starting until every folder was heard of', () => {
    expect(indexOverview([undefined, ready(2)])).toEqual({ state: 'starting' });
  });

  it('adds up what is ready and counts what was skipped by reason', () => {
    expect(indexOverview([ready(2, ['a', 'b']), ready(5, ['c'])])).toEqual({
      state: 'ready',
      files: 7,
      chunks: 21,
      skipped: new Map([['too large', 3]]),
    });
  });

  it('adds up the progress of all folders that are being indexed', () => {
    const overview = indexOverview([
      { state: 'indexing', done: 1, total: 4 },
      { state: 'scanning', found: 9 },
      { state: 'indexing', done: 2, total: 6 },
      undefined,
    ]);
    expect(overview).toEqual({ state: 'indexing', done: 3, total: 10, percent: 30 });
    expect(isBusy(overview)).toBe(true);
  });

  it('shows a failure before anything else', () => {
    const failed: IndexStatus = { state: 'failed', message: 'no space left' };
    const overview = indexOverview([ready(1), { state: 'indexing', done: 0, total: 2 }, failed]);
    expect(overview).toEqual(failed);
    expect(isBusy(overview)).toBe(false);
  });

  it('is paused when a folder is, and counts what can be searched', () => {
    const paused = { state: 'paused', kind: 'stopped', files: 40, chunks: 90 } as const;
    expect(indexOverview([paused, ready(2)])).toEqual({
      state: 'paused',
      kind: 'stopped',
      files: 42,
      chunks: 96,
    });
    expect(indexOverview([{ ...paused, progress: { done: 41, total: 200 } }, { state: 'empty' }])).toEqual({
      ...paused,
      percent: 20,
    });
    expect(isBusy(indexOverview([paused]))).toBe(false);
  });

  it('is ready when one folder is, and empty when none is', () => {
    expect(indexOverview([{ state: 'empty' }, ready(1)]).state).toBe('ready');
    expect(indexOverview([{ state: 'empty' }, { state: 'empty' }]).state).toBe('empty');
  });
});
