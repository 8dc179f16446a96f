import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../../../src/adapters/files/sha256Digest.ts';
import { openIndexStore } from '../../../src/adapters/sqlite/indexStore.ts';
import type { WriteFile } from '../../../src/adapters/sqlite/segmentFiles.ts';
import { sweepShards } from '../../../src/adapters/vectra/sweepShards.ts';
import { createVectraReader } from '../../../src/adapters/vectra/vectraReader.ts';
import { createVectraWriter } from '../../../src/adapters/vectra/vectraWriter.ts';
import { createIndexer, type Indexer } from '../../../src/core/indexing/indexer.ts';
import type { Embedder, IndexStore, Logger, VectorReader } from '../../../src/core/ports.ts';
import { createHashEmbedder } from '../../../src/core/retrieval/hashEmbedder.ts';
import { systemClock } from '../../../src/core/systemClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';

/** The product's own index of one folder, put together as the engine does. */
export interface OpenIndex {
  readonly store: IndexStore;
  readonly indexer: Indexer;
  readonly embedder: Embedder;
  readonly vectors: VectorReader;
}

export interface OpenIndexOptions {
  /** Another id makes another recipe. */
  readonly embedderId?: string;
  /** Writes segments and shards in place of `atomicWrite`. */
  readonly writeFile?: WriteFile;
  /** Stands between the indexer and the store. */
  readonly wrap?: (store: IndexStore) => IndexStore;
  readonly log?: Logger;
}

export async function openIndex(
  root: string,
  directory: string,
  { embedderId, writeFile, wrap = (store) => store, log = silentLogger }: OpenIndexOptions = {},
): Promise<OpenIndex> {
  const hashEmbedder = createHashEmbedder();
  const embedder = { ...hashEmbedder, id: embedderId ?? hashEmbedder.id };
  const writing = writeFile && { writeFile };
  const store = wrap(
    await openIndexStore(directory, log, {
      ...writing,
      sweepShards: (isKept) => sweepShards(directory, isKept),
    }),
  );
  const indexer = createIndexer({
    tree: await createNodeFileTree(root),
    store,
    vectors: createVectraWriter({ directory, embedder, ...writing }),
    embedder,
    hash: sha256Digest,
    clock: systemClock,
    log,
  });
  return { store, indexer, embedder, vectors: createVectraReader({ directory, embedder }) };
}

/** The embedder that a committed recipe names. */
export function embedderIn(recipe: string): string {
  return recipe.slice(recipe.lastIndexOf('embedder ') + 'embedder '.length);
}
