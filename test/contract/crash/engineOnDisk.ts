import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DocumentMirror, openQueryFolder } from '../../../src/engine/query/queryFolder.ts';
import { IndexerEngine } from '../../../src/engine/indexer/indexerEngine.ts';
import { IndexerFolder } from '../../../src/engine/indexer/indexerFolder.ts';
import { QueryEngine } from '../../../src/engine/query/queryEngine.ts';
import type { IndexStatus } from '../../../src/protocol/engine.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { fillFolder } from './editFolder.ts';
import { wordMethod } from '../../support/wordMethod.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** Where a generated workspace folder, its store and its ledger are. */
export interface Place {
  readonly root: string;
  /** The store; made by whoever opens it. */
  readonly directory: string;
  readonly ledger: string;
}

/** A folder of some fifty generated files and an unused place for its store. */
export function filledPlace(seed = 1): Place {
  const base = temporaryFolder();
  const place = {
    root: join(base, 'root'),
    directory: join(base, 'store'),
    ledger: join(base, 'ledger.sqlite'),
  };
  mkdirSync(place.root);
  fillFolder(place.root, seededRandom(seed));
  return place;
}

/** What the engine told its host, newest last. */
export class Heard {
  readonly statuses: IndexStatus[] = [];
  readonly generations: number[] = [];
  readonly damaged: string[] = [];

  readonly indexStatus = (_: string, status: IndexStatus) => void this.statuses.push(status);
  readonly committed = (_: string, generation: number) => void this.generations.push(generation);
  readonly indexDamaged = (root: string) => void this.damaged.push(root);
  readonly symbols = () => Promise.resolve([]);

  get lastStatus(): IndexStatus | undefined {
    return this.statuses.at(-1);
  }
}

/** The indexing half of the engine, on real files; closed with the test. */
export async function openIndexer({ root, directory }: Place, heard = new Heard()): Promise<IndexerFolder> {
  const folder = await IndexerFolder.open({ root, store: directory }, heard, silentLogger, () =>
    wordMethod(),
  );
  onTestFinished(() => folder.close());
  return folder;
}

export async function openReader({ root, directory }: Place) {
  const config = { root, store: directory };
  const folder = await openQueryFolder(config, new DocumentMirror(), silentLogger, wordMethod());
  onTestFinished(() => folder.close());
  return folder;
}

/** Both halves as the workers run them, not yet opened; closed with the test. */
export function newEngines(heard: Heard) {
  const indexer = new IndexerEngine(heard, silentLogger, wordMethod());
  const query = new QueryEngine(heard, silentLogger, wordMethod());
  onTestFinished(async () => {
    await Promise.all([indexer.close(), query.close()]);
  });
  return { indexer, query };
}

export function engineConfig({ root, directory, ledger }: Place) {
  return { folders: [{ root, store: directory }], ledger };
}
