import { atomicWrite } from '../../../src/adapters/durable/atomicWrite.ts';
import { openSignalLedger } from '../../../src/adapters/sqlite/signalLedger.ts';
import type { IndexStore } from '../../../src/core/ports/indexStore.ts';
import { seededRandom, type Random } from '../../support/seededRandom.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { smallLearntMethod } from '../../support/smallLearntMethod.ts';
import { checkLedger, numberedSignal } from './checkLedger.ts';
import type { CrashRound, CrashWork } from './crashRound.ts';
import { editFolder, rewriteFile } from './editFolder.ts';
import { onCommit } from './onCommit.ts';
import { openIndex, type OpenIndex } from './openIndex.ts';
import { say } from './say.ts';

/** Updates of one file each before a compaction is near. */
const NEARLY_COMPACTED = 28;

interface Bench {
  readonly root: string;
  readonly random: Random;
  /** The same store with two ways of embedding. */
  readonly index: OpenIndex;
  readonly other: OpenIndex;
}

/** Does one kind of work over and over, printing `step` at every border of a write and `acknowledged <n>`. */
export async function workUntilKilled({ root, directory, ledger, seed, work }: CrashRound): Promise<never> {
  const random = seededRandom(seed);
  const options = { writeFile: noisyWrite, wrap: noisyStore };
  const index = await openIndex(root, directory, options);
  const other = await openIndex(root, directory, {
    ...options,
    method: smallLearntMethod((moment) => say(`step ${moment}`)),
  });
  const bench = { root, random, index, other };
  if (work === 'compaction') for (let at = 0; at < NEARLY_COMPACTED; at++) await updateOneFile(bench);
  const signals = await signalAppender(ledger, random, work === 'ledger' ? 8 : 1);
  say('begin');
  for (;;) await Promise.all([WORK[work === 'none' ? 'ledger' : work](bench), signals()]);
}

const WORK: Readonly<Record<CrashWork, (bench: Bench) => Promise<void>>> = {
  async 'first index'({ index }) {
    await index.store.clear();
    await index.indexer.refresh();
  },
  async update({ index, root, random }) {
    const paths = Array.from({ length: 1 + random.below(5) }, () => editFolder(root, random)).flat();
    await index.indexer.refresh(random.once(3) ? {} : { paths });
  },
  compaction: updateOneFile,
  async clear({ index, root, random }) {
    editFolder(root, random);
    await index.indexer.refresh({ fromScratch: random.once(2) });
    await index.store.clear();
    say('step cleared');
  },
  async 'embedder change'({ index, other, root, random }) {
    await other.indexer.refresh();
    editFolder(root, random);
    await index.indexer.refresh();
  },
  async ledger() {
    // Its records are work enough.
  },
};

async function updateOneFile({ index, root, random }: Bench): Promise<void> {
  await index.indexer.refresh({ paths: rewriteFile(root, random) });
}

/** A function that appends the next few records and says so; `most` at a time. */
async function signalAppender(file: string, random: Random, most: number): Promise<() => Promise<void>> {
  let next = await checkLedger(file, 0);
  const ledger = await openSignalLedger(file, silentLogger);
  return async () => {
    const count = 1 + random.below(most);
    await ledger.append(Array.from({ length: count }, (_, offset) => numberedSignal(next + offset)));
    next += count;
    say(`acknowledged ${next}`);
  };
}

async function noisyWrite(file: string, bytes: Uint8Array): Promise<void> {
  say('step write');
  await atomicWrite(file, bytes);
  say('step written');
}

function noisyStore(store: IndexStore): IndexStore {
  return onCommit(
    store,
    () => say('step commit'),
    () => say('step committed'),
  );
}
