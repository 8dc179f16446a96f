import { createImageFile } from '../../adapters/image/imageFile.ts';
import { createVectraReader } from '../../adapters/vectra/vectraReader.ts';
import type { EmbeddingMethod } from '../../core/indexing/vectors/embeddingMethod.ts';
import { OpenEmbedder } from '../../core/indexing/vectors/openEmbedder.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { DenseSearch } from '../../core/retrieval/denseSearch.ts';
import type { FolderConfig } from '../../protocol/engine.ts';
import { DenseReader } from './denseReader.ts';
import { IndexReplica } from './indexReplica.ts';
import { MemoryImages } from './memoryImages.ts';
import { createTimeSlice } from '../../core/async/timeSlice.ts';
import { openFolderStore } from './folderStores.ts';

/** The reading side of a folder, and the vectors that it keeps up to date. */
export interface OpenIndexReplica {
  readonly reader: IndexReplica;
  readonly dense: DenseSearch;
  /** The newest committed generation's number; the one in memory is the reader's. */
  readonly generation: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Opens what is indexed of a folder; nothing is in memory until `reader.catchUp()`. */
export async function openIndexReplica(
  config: FolderConfig,
  log: Logger,
  method: EmbeddingMethod,
): Promise<OpenIndexReplica> {
  const store = await openFolderStore(config, log);
  const dense = new DenseReader({
    embedders: new OpenEmbedder(method, store),
    vectors: { reader: (embedder) => createVectraReader({ directory: config.store, embedder }) },
  });
  const images = new MemoryImages(createImageFile(config.store, log, config.isReadOnly), log);
  const reader = new IndexReplica(store, dense, createTimeSlice, images);
  return {
    reader,
    dense,
    generation: () => store.generation(),
    async close() {
      await store.close();
      await reader.close();
    },
  };
}
