import { assertNoLinkBelow } from '../../adapters/durable/ownPlace.ts';
import { createImageFile, removeImages } from '../../adapters/image/imageFile.ts';
import { openIndexStore } from '../../adapters/sqlite/indexStore.ts';
import { sweepShards } from '../../adapters/vectra/sweepShards.ts';
import { createVectraReader } from '../../adapters/vectra/vectraReader.ts';
import { createTimeSlice } from '../../core/async/timeSlice.ts';
import { FileTable } from '../../core/indexing/fileTable.ts';
import type { EmbeddingMethod } from '../../core/indexing/vectors/embeddingMethod.ts';
import { lsaMethod } from '../../core/indexing/vectors/lsaMethod.ts';
import { OpenEmbedder } from '../../core/indexing/vectors/openEmbedder.ts';
import type { IndexStore } from '../../core/ports/indexStore.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { DenseSearch } from '../../core/retrieval/search.ts';
import type { FolderConfig, HostServices } from '../../protocol/engine.ts';
import { DenseReader } from './denseReader.ts';
import { drainInSlices } from './drainInSlices.ts';
import { type CarefulLoading, IndexReplica } from './indexReplica.ts';
import { MemoryImages } from './memoryImages.ts';

/** Gives a folder its way of making vectors; `onWaiting` is told in words when that has to wait for something. */
export type MethodSource = (onWaiting: (problem: string) => void) => EmbeddingMethod;

/** The built-in way of making vectors. */
export function builtInMethod(): EmbeddingMethod {
  return lsaMethod((steps) => drainInSlices(steps, createTimeSlice()));
}

/** The store of one folder as both workers open it. */
export async function openFolderStore(
  { root, store, isReadOnly }: FolderConfig,
  log: Logger,
): Promise<IndexStore> {
  assertNoLinkBelow(root, store);
  return openIndexStore(store, log, {
    isReadOnly,
    vectors: { sweep: (kept) => sweepShards(store, kept) },
    removeCaches() {
      removeImages(store);
    },
    withChanges: (files, changes) => FileTable.with(files, changes),
  });
}

/** Whether anything was ever indexed there that is not cleared by now; rejects as opening the store does. */
export async function holdsIndex(config: FolderConfig, log: Logger): Promise<boolean> {
  const store = await openFolderStore(config, log);
  try {
    const { recipe } = await store.snapshot();
    return recipe !== '';
  } finally {
    await store.close();
  }
}

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
  careful?: CarefulLoading,
): Promise<OpenIndexReplica> {
  const store = await openFolderStore(config, log);
  const dense = new DenseReader({
    embedders: new OpenEmbedder(method, store),
    vectors: { reader: (embedder) => createVectraReader({ directory: config.store, embedder }) },
  });
  const images = new MemoryImages(
    createImageFile(config.store, log, config.isReadOnly),
    log,
    config.isOneShot,
  );
  const reader = new IndexReplica(store, dense, createTimeSlice, images, careful);
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

interface OpeningReport {
  readonly host: Pick<HostServices, 'indexStatus'>;
  readonly log: Logger;
}

/**
 * Opens every folder that can be opened. One that cannot, perhaps because it is gone, gets a status that says why and
 * does not stand in the way of the others; rejects only when there is nothing but such folders.
 */
export async function openFolders<Folder>(
  configs: readonly FolderConfig[],
  open: (config: FolderConfig) => Promise<Folder>,
  { host, log }: OpeningReport,
): Promise<readonly Folder[]> {
  const opened: Folder[] = [];
  const failures: Error[] = [];
  const results = await Promise.allSettled(configs.map(open));
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') opened.push(result.value);
    else {
      const root = configs[index]?.root ?? '';
      const reason: unknown = result.reason;
      const failure = reason instanceof Error ? reason : new Error(String(reason));
      failures.push(failure);
      log.error(`cannot open ${root}`, failure);
      host.indexStatus(root, { state: 'failed', message: failure.message });
    }
  }
  const [first] = failures;
  if (first && opened.length === 0) throw first;
  return opened;
}
