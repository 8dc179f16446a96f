import { beforeEach, describe, expect, test } from 'vitest';
import type { Indexer } from '../../../src/core/indexing/indexer.ts';
import type { RefreshOptions, RefreshReport } from '../../../src/core/indexing/refreshPass.ts';
import type { SkippedFile } from '../../../src/core/ports/indexStore.ts';
import { FolderDiscovery } from '../../../src/engine/workspace/folderDiscovery.ts';
import { IndexerFolder } from '../../../src/engine/indexer/indexerFolder.ts';
import type { IndexStatus } from '../../../src/protocol/engine.ts';
import { MemoryIndexStore } from '../../support/memoryIndexStore.ts';
import { silentLogger } from '../../support/silentLogger.ts';

/** Passes that end when the test says so, or when they are cancelled. */
class ManualIndexer implements Indexer {
  readonly passes: RefreshOptions[] = [];
  #finish: (report: RefreshReport) => void = () => undefined;

  refresh(options: RefreshOptions = {}): Promise<RefreshReport> {
    this.passes.push(options);
    return new Promise((resolve, reject) => {
      this.#finish = resolve;
      options.signal?.addEventListener('abort', () => {
        reject(options.signal?.reason as Error);
      });
    });
  }

  embed(): Promise<void> {
    return Promise.resolve();
  }

  finish(skipped: readonly SkippedFile[] = [], lookedAt?: readonly string[]): void {
    const report = { generation: 1, files: 2, chunks: 3, reused: 0, skipped, elapsedMs: 1 };
    this.#finish({ ...report, ...(lookedAt && { lookedAt }) });
  }
}

let indexer: ManualIndexer;
let folder: IndexerFolder;
let statuses: IndexStatus[];
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

beforeEach(() => {
  indexer = new ManualIndexer();
  statuses = [];
  folder = new IndexerFolder({
    root: '/w',
    store: new MemoryIndexStore(),
    indexer,
    discovery: new FolderDiscovery('/w'),
    log: silentLogger,
    host: { indexStatus: (_, status) => statuses.push(status), committed: () => undefined },
  });
});

describe('a pause', () => {
  test('ends the pass, says how far it had come, and resuming looks at everything', async () => {
    const refresh = folder.refresh({ fromScratch: true });
    await settle();
    indexer.passes[0]?.onProgress?.({ state: 'indexing', done: 40, total: 100 });
    await Promise.all([expect(refresh).rejects.toThrow('abort'), folder.pause('paused')]);
    expect(statuses.at(-1)).toEqual({
      state: 'paused',
      kind: 'paused',
      files: 0,
      chunks: 0,
      progress: { done: 40, total: 100 },
    });
    const resumed = folder.resume();
    await settle();
    expect(indexer.passes[1]).toMatchObject({ paths: [''] });
    expect(indexer.passes[1]).not.toHaveProperty('fromScratch');
    indexer.finish();
    await resumed;
    expect(statuses.at(-1)).toMatchObject({ state: 'ready', files: 2 });
  });

  test('ends the passes that wait as well', async () => {
    const running = folder.refresh({ fromScratch: false });
    const waiting = folder.refresh({ fromScratch: true });
    const ended = [running, waiting].map((pass) => expect(pass).rejects.toThrow('abort'));
    await settle();
    await Promise.all([...ended, folder.pause('paused')]);
    expect(indexer.passes).toHaveLength(1);
    expect(statuses.at(-1)).toMatchObject({ state: 'paused' });
  });

  test('holds while files change', async () => {
    await folder.pause('stopped');
    await folder.touch(['a.ts']);
    expect(indexer.passes).toEqual([]);
    expect(statuses).toHaveLength(1);
  });

  test('is ended by a request to index', async () => {
    await folder.pause('paused');
    const refresh = folder.refresh({ fromScratch: false });
    await settle();
    indexer.finish();
    await refresh;
    const touched = folder.touch(['a.ts']);
    await settle();
    indexer.finish();
    await touched;
    expect(indexer.passes.map(({ paths }) => paths)).toEqual([undefined, ['a.ts']]);
  });

  test('resuming what is not paused does nothing', async () => {
    await folder.resume();
    expect(indexer.passes).toEqual([]);
  });

  test('of a cleared folder leaves it empty, paused or resumed', async () => {
    await folder.clear();
    await folder.pause('paused');
    await folder.resume();
    expect(statuses).toEqual([{ state: 'empty' }]);
    expect(indexer.passes).toEqual([]);
  });
});

test('what is left out is known as a whole, each path once, and counted by reason', async () => {
  const pass = async (touched: readonly string[], skipped: readonly SkippedFile[]) => {
    const done = folder.touch(touched);
    await settle();
    indexer.finish(skipped, touched);
    await done;
  };
  await pass(['.'], [{ path: 'build/', reason: 'ignored' }]);
  await pass(['build/x.js'], [{ path: 'build/', reason: 'ignored' }]);
  await pass(
    ['a.png', 'b.png'],
    ['a.png', 'b.png'].map((path) => ({ path, reason: 'binary' as const })),
  );
  await pass(['b.png'], []);
  await pass(['c.png'], [{ path: 'c.png', reason: 'binary' }]);
  expect(folder.skipped.map(({ path }) => path)).toEqual(['build/', 'a.png', 'c.png']);
  expect(statuses.at(-1)).toMatchObject({
    skipped: [
      { reason: 'binary', count: 2, examples: ['a.png', 'c.png'] },
      { reason: 'ignored', count: 1, examples: ['build/'] },
    ],
  });
});
