import { FileTable } from '../../core/indexing/fileTable.ts';
import type { EmbeddingMethod } from '../../core/indexing/vectors/embeddingMethod.ts';
import { lsaMethod } from '../../core/indexing/vectors/lsaMethod.ts';
import type { IndexStore } from '../../core/ports/indexStore.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { assertNoLinkBelow } from '../../adapters/durable/ownPlace.ts';
import { removeImages } from '../../adapters/image/imageFile.ts';
import { openIndexStore } from '../../adapters/sqlite/indexStore.ts';
import { sweepShards } from '../../adapters/vectra/sweepShards.ts';
import type { FolderConfig } from '../../protocol/engine.ts';
import { drainInSlices } from './drainInSlices.ts';
import { createTimeSlice } from '../../core/async/timeSlice.ts';

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
