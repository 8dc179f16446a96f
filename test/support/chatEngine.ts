import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Logger } from '../../src/core/ports/runtime.ts';
import { IndexerFolder } from '../../src/engine/indexer/indexerFolder.ts';
import { QueryEngine } from '../../src/engine/query/queryEngine.ts';

export interface ChatEngineOptions {
  /** An empty folder, in which the store and the ledger are made. */
  readonly base: string;
  /** The folder that is indexed. */
  readonly root: string;
  readonly log: Logger;
}

/** Writes files below `root`, with their folders. */
export async function writeFiles(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** Indexes a folder and opens it for questions; says how many files are in the index. */
export async function openChatEngine({ base, root, log }: ChatEngineOptions) {
  const folder = { root, store: join(base, 'store') };
  const quiet = { indexStatus: () => undefined, committed: () => undefined };
  const indexer = await IndexerFolder.open(folder, quiet, log);
  const { files } = await indexer.refresh({ fromScratch: true });
  await indexer.close();
  const engine = new QueryEngine(
    {
      indexDamaged: () => expect.unreachable(),
      indexStatus: () => undefined,
      symbols: () => Promise.resolve([]),
    },
    log,
  );
  await engine.open({ folders: [folder], ledger: join(base, 'signals.sqlite') });
  await engine.catchUp(root);
  return { engine, files };
}
