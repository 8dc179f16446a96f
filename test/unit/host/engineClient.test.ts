import { beforeEach, describe, expect, it } from 'vitest';
import { EngineClient, type OpenDocument } from '../../../src/host/engine/engineClient.ts';
import type { WorkerCrash } from '../../../src/host/engine/supervisor.ts';
import { IndexStatusBoard } from '../../../src/host/indexStatus/indexStatusBoard.ts';
import type { AskOptions, EngineConfig } from '../../../src/protocol/engine.ts';
import { LOOK_MS, MOST_SILENT_LOOKS } from '../../../src/host/engine/watchdog.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { createFakeWorker, type FakeWorker } from './fakeWorker.ts';

const config: EngineConfig = { folders: [{ root: '/a', store: '/store/a' }], ledger: '/ledger' };
const document = { root: '/a', path: 'main.ts' };

describe('EngineClient', () => {
  let clock: FakeClock;
  let board: IndexStatusBoard;
  let query: FakeWorker;
  let indexer: FakeWorker;
  let calls: string[];
  let crashes: WorkerCrash[];
  let documents: OpenDocument[];
  let client: EngineClient;
  let isSilent: boolean;
  let completions: () => AsyncIterable<unknown>;
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const note =
    (name: string, result: unknown = null) =>
    (...args: unknown[]) => {
      calls.push(`${name} ${args.map((arg) => JSON.stringify(arg)).join(' ')}`.trim());
      return Promise.resolve(result);
    };

  beforeEach(() => {
    clock = new FakeClock();
    board = new IndexStatusBoard();
    calls = [];
    crashes = [];
    documents = [];
    isSilent = false;
    completions = async function* () {
      yield await Promise.reject(new Error('not expected'));
    };
    client = new EngineClient({
      startQuery: () => {
        query = createFakeWorker({
          open: note('query.open'),
          ping: () => (isSilent ? new Promise(() => undefined) : null),
          openDocument: note('openDocument'),
          changeDocument: note('changeDocument'),
          complete: (_: unknown, signal: AbortSignal) => {
            signal.addEventListener('abort', () => calls.push('cancelled'));
            return completions();
          },
          configure: note('query.configure'),
          async *ask(question: string, options: AskOptions, signal: AbortSignal) {
            yield { type: 'text', text: `${question} ` };
            yield { type: 'text', text: String(options.history?.length) };
            await settle();
            yield { type: 'done', answer: { text: String(signal.aborted) } };
          },
          recordSignals: note('recordSignals'),
          catchUp: note('catchUp'),
          close: note('query.close'),
        });
        return query;
      },
      startIndexer: () => {
        indexer = createFakeWorker({
          open: note('indexer.open'),
          refresh: note('refresh'),
          setAside: note('setAside'),
          ping: () => null,
          clear: note('clear'),
          touch: note('touch'),
          configure: note('configure'),
          pause: note('pause'),
          resume: note('resume'),
          close: note('indexer.close'),
        });
        return indexer;
      },
      board,
      symbols: () => Promise.resolve([]),
      openDocuments: () => documents,
      onCrash: (crash) => void crashes.push(crash),
      log: silentLogger,
      clock,
    });
  });

  const opened = async () => {
    await client.open(config);
    await settle();
    calls.length = 0;
  };

  it('opens both workers, mirrors the open buffers, and brings the index up to date', async () => {
    documents = [{ document, version: 3, text: 'let x' }];
    await client.open(config);
    await settle();
    expect(calls).toContain('openDocument {"root":"/a","path":"main.ts"} 3 "let x"');
    expect(calls).toContain('refresh {"fromScratch":false}');
    expect(board.overview.state).toBe('starting');
  });

  /** Looks at the workers until one that is silent is ended, and starts it again. */
  async function endTheSilent(): Promise<void> {
    isSilent = true;
    for (let at = 0; at < MOST_SILENT_LOOKS + 2; at++) {
      clock.advance(LOOK_MS);
      await settle();
    }
    isSilent = false;
    clock.advance(1000);
    await settle();
    await settle();
  }

  it('attack: has the indexer set a file aside that a query worker was at, before another one starts', async () => {
    await opened();
    query.host.working('/a', 'endless.ts');
    await endTheSilent();
    expect(crashes).toMatchObject([{ worker: 'query worker', setAside: { root: '/a', path: 'endless.ts' } }]);
    const [setAside, touched, again] = calls;
    expect([setAside, touched]).toEqual(['setAside "/a" "endless.ts"', 'touch "/a" ["endless.ts"]']);
    expect(again).toMatch(/^query.open/);
  });

  it('attack: sets nothing aside that another worker was at, or that this one was done with', async () => {
    await opened();
    indexer.host.working('/a', 'indexed.ts');
    query.host.working('/a', 'done.ts');
    query.host.working('/a', undefined);
    await endTheSilent();
    expect(crashes).toMatchObject([{ worker: 'query worker', wasSilent: true }]);
    expect(crashes[0]).not.toHaveProperty('setAside');
    expect(calls.filter((call) => call.startsWith('setAside'))).toEqual([]);
  });

  it('sends buffer changes and touched files without waiting', async () => {
    await opened();
    client.changeDocument(document, 4, [{ startOffset: 0, endOffset: 1, text: 'y' }]);
    client.touch('/a', ['main.ts']);
    await settle();
    expect(calls).toEqual([
      'changeDocument {"root":"/a","path":"main.ts"} 4 [{"startOffset":0,"endOffset":1,"text":"y"}]',
      'touch "/a" ["main.ts"]',
    ]);
  });

  it('has no completion, and no error, before the engine is up', async () => {
    const { signal } = new AbortController();
    await expect(client.complete({ document, version: 1, offset: 0 }, signal)).resolves.toBeNull();
  });

  it('cancels a completion in the worker when the editor gives up', async () => {
    await opened();
    completions = async function* () {
      yield await new Promise(() => undefined);
    };
    const controller = new AbortController();
    const pending = client.complete({ document, version: 1, offset: 0 }, controller.signal);
    controller.abort();
    await expect(pending).rejects.toHaveProperty('name', 'AbortError');
    await settle();
    expect(calls).toEqual(['cancelled']);
  });

  it('shows the first completion, and spares the worker what would follow', async () => {
    await opened();
    completions = async function* () {
      yield { confidence: 0.5 };
      await new Promise(() => undefined);
    };
    const { signal } = new AbortController();
    await expect(client.complete({ document, version: 1, offset: 0 }, signal)).resolves.toEqual({
      confidence: 0.5,
    });
    await settle();
    expect(calls).toEqual(['cancelled']);
  });

  it('streams an answer', async () => {
    await opened();
    const events: unknown[] = [];
    const { signal } = new AbortController();
    for await (const event of client.ask('why?', { history: [] }, signal)) events.push(event);
    expect(events).toEqual([
      { type: 'text', text: 'why? ' },
      { type: 'text', text: '0' },
      { type: 'done', answer: { text: 'false' } },
    ]);
  });

  it('lets the query worker follow what the indexer commits', async () => {
    await opened();
    indexer.host.committed('/a', 7);
    await settle();
    expect(calls).toEqual(['catchUp "/a"']);
  });

  it('passes index status to the board', async () => {
    await opened();
    indexer.host.indexStatus('/a', { state: 'scanning', found: 12 });
    await settle();
    expect(board.overview).toEqual({ state: 'scanning', found: 12 });
  });

  it('clears the index and lets the query worker see that', async () => {
    await opened();
    await client.clearIndex();
    expect(calls).toEqual(['clear', 'catchUp "/a"']);
  });

  it('rebuilds a damaged index once, then reports it', async () => {
    await opened();
    query.host.indexDamaged('/a');
    await settle();
    expect(calls).toEqual(['refresh {"fromScratch":false,"repair":true}']);
    query.host.indexDamaged('/a');
    await settle();
    expect(calls).toHaveLength(1);
    expect(board.overview.state).toBe('failed');
  });

  it('shows that the indexer crashed, and indexes again after the restart', async () => {
    await opened();
    indexer.crash('out of memory');
    expect(board.overview).toEqual({
      state: 'failed',
      message: 'The indexer has crashed and is being restarted.',
    });
    expect(crashes).toMatchObject([{ worker: 'indexer', reason: 'out of memory' }]);
    clock.advance(250);
    await settle();
    expect(calls).toEqual([expect.stringMatching(/^indexer\.open/), 'refresh {"fromScratch":false}']);
  });

  it('mirrors the buffers again after the query worker crashed', async () => {
    await opened();
    documents = [{ document, version: 9, text: 'new text' }];
    query.crash();
    await expect(client.feedback()).rejects.toMatchObject({ code: 'engine-stopped' });
    clock.advance(250);
    await settle();
    expect(calls.at(-1)).toBe('openDocument {"root":"/a","path":"main.ts"} 9 "new text"');
  });

  it('stays paused when the indexer restarts or the folders change, until it is resumed', async () => {
    await opened();
    await client.pauseIndexing('stopped');
    indexer.crash();
    clock.advance(250);
    await settle();
    await client.open(config);
    await settle();
    expect(calls.filter((call) => !call.includes('open'))).toEqual([
      'pause "stopped"',
      'pause "stopped"',
      'pause "stopped"',
    ]);
    calls.length = 0;
    await client.resumeIndexing();
    expect(calls).toEqual(['resume']);
  });

  it('indexes anew although it is paused when the user says so', async () => {
    await opened();
    await client.pauseIndexing('paused');
    await client.reindex();
    indexer.crash();
    clock.advance(250);
    await settle();
    expect(calls.at(-1)).toBe('refresh {"fromScratch":false}');
  });

  it('tells both workers the newest settings, and an indexer that was restarted', async () => {
    await opened();
    client.configure('/a', { excludes: [{ glob: 'out' }], maxFileBytes: 5 });
    await settle();
    const settings = '"/a" {"excludes":[{"glob":"out"}],"maxFileBytes":5}';
    expect(calls.toSorted()).toEqual([`configure ${settings}`, `query.configure ${settings}`]);
    indexer.crash();
    clock.advance(250);
    await settle();
    expect(calls[2]).toContain('"maxFileBytes":5');
  });

  it('starts crashed workers when the user reindexes', async () => {
    await opened();
    for (let crash = 0; crash < 5; crash++) {
      indexer.crash();
      clock.advance(15_000);
    }
    await settle();
    calls.length = 0;
    await client.reindex();
    expect(calls).toEqual([
      expect.stringMatching(/^indexer\.open/),
      'refresh {"fromScratch":false}',
      'refresh {"fromScratch":true}',
    ]);
  });

  it('closes both workers before it ends them', async () => {
    await opened();
    await client.close();
    expect(calls.sort()).toEqual(['indexer.close', 'query.close']);
    expect(query.terminated && indexer.terminated).toBe(true);
  });
});
