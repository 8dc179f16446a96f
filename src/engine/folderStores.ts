import { createHashEmbedder } from '../core/retrieval/hashEmbedder.ts';
import type { Embedder, IndexStore, Logger } from '../core/ports.ts';
import { openIndexStore } from '../adapters/sqlite/indexStore.ts';
import { sweepShards } from '../adapters/vectra/sweepShards.ts';
import type { FolderConfig } from '../protocol/engine.ts';

/** What both workers need of one folder: where its index lives and how its vectors are made. */
export interface FolderStores {
  readonly config: FolderConfig;
  readonly index: IndexStore;
  readonly embedder: Embedder;
}

export async function openFolderStores(config: FolderConfig, log: Logger): Promise<FolderStores> {
  const index = await openIndexStore(config.store, log, {
    sweepShards: (isKept) => sweepShards(config.store, isKept),
  });
  return { config, index, embedder: createHashEmbedder() };
}
