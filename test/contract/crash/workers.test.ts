import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { wholeAnswer } from '../../../src/core/chat/answer.ts';
import { createCrashNotice } from '../../../src/host/engine/crashNotice.ts';
import { startWorker } from '../../../src/host/engine/startWorker.ts';
import { Supervisor, type WorkerCrash } from '../../../src/host/engine/supervisor.ts';
import type { IndexOverview } from '../../../src/host/indexStatus/indexOverview.ts';
import { nextStep } from '../../../src/core/indexing/vectors/embedFiles.ts';
import { builtInMethod } from '../../../src/engine/workspace/folderStores.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FakeProvider } from '../../support/fakeProvider.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { checkCommitted } from './checkCommitted.ts';
import { editFolder } from './editFolder.ts';
import { engineConfig, filledPlace, type Place } from './engineOnDisk.ts';
import { buildWithFaults, startEngine, type EngineUnderTest, type Fault } from './engineUnderTest.ts';
import { contentFromScratch, differences, indexContent } from './indexContent.ts';
import { openIndex } from './openIndex.ts';
import { sourceText } from './sourceText.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const showWarningMessage = vi.hoisted(() => vi.fn(() => Promise.resolve(undefined)));
vi.mock('vscode', () => ({
  l10n: { t: (text: string, ...args: string[]) => text.replace('{0}', args[0] ?? '') },
  window: { showWarningMessage },
}));

const { dist } = buildWithFaults();

/** A folder that takes a second or two to index. */
function largePlace(): Place {
  const place = filledPlace();
  const random = seededRandom(41);
  mkdirSync(join(place.root, 'large'));
  for (let file = 0; file < 150; file++) {
    writeFileSync(join(place.root, `large/module${file}.ts`), sourceText(random, 25));
  }
  return place;
}

const isReady = ({ state }: { readonly state: string }) => state === 'ready';
const logChannel = { ...silentLogger, show: () => undefined } as unknown as Parameters<
  typeof createCrashNotice
>[0];

const FAULTS: readonly (readonly [string, 'terminate' | Fault])[] = [
  ['is terminated', 'terminate'],
  ['throws', 'throw'],
  ['runs out of memory', 'eat'],
];

function injure(thread: ReturnType<EngineUnderTest['threads']['query']>, fault: 'terminate' | Fault): void {
  if (fault === 'terminate') void thread.terminate();
  else thread.post(fault);
}

/** The workers under test embed in the built-in way. */
const product = { method: builtInMethod() };

/** Waits until every chunk has its vector: that the index is ready says no more than that words find all. */
async function untilEmbedded({ root, directory }: Place): Promise<void> {
  const { store } = await openIndex(root, directory, product);
  await vi.waitFor(async () =>
    expect(nextStep(await store.snapshot(), product.method)).toEqual({ kind: 'rest' }),
  );
  await store.close();
}

async function expectSound({ root, directory }: Place): Promise<void> {
  const found = await indexContent(root, directory, product);
  expect(differences(found, await contentFromScratch(root, product))).toEqual([]);
}

describe.each(FAULTS)('an indexer that %s in the middle of indexing', (_, fault) => {
  it('comes back and finishes; queries go on, and the user is told once', async () => {
    showWarningMessage.mockClear();
    const place = largePlace();
    const engine = startEngine(dist(), createCrashNotice(logChannel), () => (fault === 'eat' ? 64 : 256));
    const indexing = engine.shown(({ state }) => state === 'indexing' || state === 'scanning');
    await engine.client.open(engineConfig(place));
    await indexing;
    const reindexing = engine.client.reindex();
    injure(engine.threads.indexer(), fault);
    await expect(reindexing).rejects.toMatchObject({
      code: 'engine-stopped',
      message: 'The indexer has stopped and is being restarted. Try again in a few seconds.',
    });
    await checkCommitted(place.root, place.directory, product);
    expect(await engine.client.search('anything at all', 3)).toBeInstanceOf(Array);
    await engine.shown(isReady);
    expect(engine.crashes).toMatchObject([{ worker: 'indexer', restartInMs: 250 }]);
    if (fault === 'eat') expect(engine.crashes[0]?.reason).toContain('memory');
    expect(showWarningMessage).toHaveBeenCalledTimes(1);
    await vi.waitFor(async () => {
      expect((await engine.client.search('open gate for visitor', 5)).length).toBe(5);
    });
    await untilEmbedded(place);
    await expectSound(place);
  });
});

describe.each(FAULTS)('a query worker that %s', (_, fault) => {
  it('rejects what it was asked, comes back and serves the committed generation', async () => {
    const place = filledPlace();
    const engine = startEngine(dist(), undefined, () => (fault === 'eat' ? 64 : 256));
    await engine.client.open(engineConfig(place));
    await engine.shown(isReady);
    const question = 'open gate for visitor';
    const search = () => engine.client.search(question, 20);
    await untilEmbedded(place);
    const { hits } = await indexContent(place.root, place.directory, product);
    const expected = hits[question]!;
    await vi.waitFor(async () => expect(await search()).toMatchObject(expected));
    injure(engine.threads.query(), fault);
    const stopped = {
      code: 'engine-stopped',
      message: 'The query worker has stopped and is being restarted. Try again in a few seconds.',
    };
    const { signal } = new AbortController();
    const asked = [
      search(),
      wholeAnswer(engine.client.ask('where is the gate opened?', {}, signal)),
      engine.client.feedback(),
    ];
    for (const outcome of await Promise.allSettled(asked)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: stopped });
    }
    await vi.waitFor(async () => expect(await search()).toMatchObject(expected));
    expect(engine.crashes).toHaveLength(1);
  });
});

describe('a question to a model', () => {
  const ask = async () => {
    const provider = await FakeProvider.start();
    onTestFinished(() => provider.close());
    provider.script({ chunks: ['It opens ', 'when '], ending: 'hold' });
    const place = filledPlace();
    const engine = startEngine(dist());
    await engine.client.open(engineConfig(place));
    await engine.shown(isReady);
    const controller = new AbortController();
    const model = { provider: 'compatible', model: 'm', baseUrl: provider.baseUrl } as const;
    const answer = engine.client.ask('How does the gate open?', { model }, controller.signal);
    // What comes before says what the turn is about to do.
    let first = await answer.next();
    while (first.done !== true && first.value.type !== 'text') first = await answer.next();
    expect(first).toMatchObject({ done: false, value: { type: 'text' } });
    expect(provider.openConnections).toBe(1);
    return { provider, controller, answer };
  };

  it('that is stopped in the middle rejects at once, and its connection is closed', async () => {
    const { provider, controller, answer } = await ask();
    const rest = wholeAnswer(answer);
    controller.abort();
    await expect(rest).rejects.toBe(controller.signal.reason);
    await vi.waitFor(() => expect(provider.openConnections).toBe(0), { timeout: 60_000 });
  }, 120_000);

  it('whose reader leaves has its connection closed, too', async () => {
    const { provider, answer } = await ask();
    await answer.return();
    await vi.waitFor(() => expect(provider.openConnections).toBe(0), { timeout: 60_000 });
  }, 120_000);
});

describe('a worker whose memory is too small for the folder', () => {
  it('ends without the host; a reindex with more memory works', async () => {
    const place = largePlace();
    let heapMb = 6;
    const engine = startEngine(dist(), undefined, () => heapMb);
    const opened = engine.client.open(engineConfig(place)).catch(() => undefined);
    const workers = () => engine.crashes.map(({ worker }) => worker);
    await vi.waitFor(() => expect(new Set(workers())).toEqual(new Set(['query worker', 'indexer'])));
    expect(engine.crashes[0]?.reason).toContain('memory');
    heapMb = 256;
    await opened;
    await engine.client.reindex();
    await engine.shown(isReady);
    await expectSound(place);
  });
});

describe('a worker that cannot even start', () => {
  it('is started again after ever longer waits, then stays off; the user hears of the first and the last', async () => {
    showWarningMessage.mockClear();
    const file = join(temporaryFolder(), 'broken.js');
    writeFileSync(file, 'throw new Error("cannot start");');
    const crashes: WorkerCrash[] = [];
    const tell = createCrashNotice(logChannel);
    const clock = new FakeClock();
    const supervisor = new Supervisor<{ open(): Promise<void> }>({
      name: 'indexer',
      start: () => startWorker({ file, name: 'broken', maxHeapMb: 64 }),
      services: {} as never,
      kinds: {},
      prepare: (remote) => remote.open(),
      ping: () => Promise.resolve(),
      onCrash: (crash) => {
        crashes.push(crash);
        tell(crash);
      },
      log: silentLogger,
      clock,
    });
    await expect(supervisor.start()).rejects.toMatchObject({ code: 'engine-stopped' });
    for (let crash = 1; crash < 5; crash++) {
      clock.advance(20_000);
      await vi.waitFor(() => expect(crashes).toHaveLength(crash + 1));
    }
    expect(crashes.map(({ restartInMs }) => restartInMs)).toEqual([250, 1000, 4000, 15_000, undefined]);
    expect(crashes[0]?.reason).toContain('cannot start');
    expect(showWarningMessage).toHaveBeenCalledTimes(2);
    await expect(supervisor.call(() => Promise.resolve())).rejects.toThrow(/Reindex Workspace/);
  });
});

describe('an indexer that cannot open its store after a restart', () => {
  it('says why', async () => {
    const place = filledPlace();
    const engine = startEngine(dist());
    await engine.client.open(engineConfig(place));
    await engine.shown(isReady);
    // The query worker may be making the folder anew just then.
    await vi.waitFor(() => {
      rmSync(place.directory, { recursive: true, force: true });
      writeFileSync(place.directory, 'in the way');
    });
    await engine.threads.indexer().terminate();
    const saysWhy = (overview: IndexOverview) =>
      overview.state === 'failed' && overview.message.includes('Check that its folder exists');
    expect(await engine.shown(saysWhy)).toMatchObject({ state: 'failed' });
  });
});

describe('an indexer that is terminated at random moments', () => {
  it('leaves a whole generation each time, and a whole index in the end', async () => {
    const seed = 51;
    const random = seededRandom(seed);
    const place = filledPlace(seed);
    for (let round = 0; round < 4; round++) {
      const engine = startEngine(dist());
      await engine.client.open(engineConfig(place));
      for (let edits = 1 + random.below(30); edits > 0; edits--) {
        engine.client.touch(place.root, editFolder(place.root, random));
        await new Promise((resume) => setTimeout(resume, random.below(15)));
      }
      await engine.threads.indexer().terminate();
      await checkCommitted(place.root, place.directory, product);
      await engine.client.close();
    }
    const engine = startEngine(dist());
    await engine.client.open(engineConfig(place));
    await engine.shown(isReady);
    await untilEmbedded(place);
    await engine.client.close();
    await expectSound(place);
  });
});
