import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../../../src/adapters/files/sha256Digest.ts';
import type { WriteFile } from '../../../src/adapters/sqlite/contentFiles.ts';
import { openIndexStore } from '../../../src/adapters/sqlite/indexStore.ts';
import { createVectraStore } from '../../support/vectraStore.ts';
import { createCodeChunker } from '../../../src/core/chunking/codeChunker.ts';
import { createIndexer } from '../../../src/core/indexing/indexer.ts';
import type { RefreshOptions, RefreshReport } from '../../../src/core/indexing/refreshPass.ts';
import type { EmbeddingMethod } from '../../../src/core/indexing/vectors/embeddingMethod.ts';
import { OpenEmbedder } from '../../../src/core/indexing/vectors/openEmbedder.ts';
import type { IndexStore } from '../../../src/core/ports/indexStore.ts';
import type { Logger } from '../../../src/core/ports/runtime.ts';
import { systemClock } from '../../../src/core/async/systemClock.ts';
import { DenseReader } from '../../../src/engine/workspace/denseReader.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { wordMethod } from '../../support/wordMethod.ts';

/** The product's own index of one folder, put together as the engine does. */
export interface OpenIndex {
  readonly store: IndexStore;
  readonly indexer: {
    /** Brings words and vectors up to date. */
    refresh(options?: RefreshOptions): Promise<RefreshReport>;
  };
  readonly dense: DenseReader;
}

export interface OpenIndexOptions {
  readonly method?: EmbeddingMethod;
  /** Writes segments, bases and shards in place of `atomicWrite`. */
  readonly writeFile?: WriteFile;
  /** Stands between the indexer and the store. */
  readonly wrap?: (store: IndexStore) => IndexStore;
  readonly log?: Logger;
}

export async function openIndex(
  root: string,
  directory: string,
  { method = wordMethod(), writeFile, wrap = (store) => store, log = silentLogger }: OpenIndexOptions = {},
): Promise<OpenIndex> {
  const writing = writeFile && { writeFile };
  const vectors = createVectraStore(directory, writing);
  const store = wrap(await openIndexStore(directory, log, { ...writing, vectors }));
  const indexer = createIndexer({
    tree: await createNodeFileTree(root),
    store,
    vectors,
    method,
    chunker: createCodeChunker(),
    hash: sha256Digest,
    clock: systemClock,
    log,
  });
  const dense = new DenseReader({ embedders: new OpenEmbedder(method, store), vectors });
  return {
    store,
    indexer: {
      async refresh(options = {}) {
        const report = await indexer.refresh(options);
        await indexer.embed({ signal: options.signal });
        return report;
      },
    },
    dense,
  };
}
