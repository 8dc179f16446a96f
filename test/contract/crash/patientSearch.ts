import { FolderReader } from '../../../src/engine/folderReader.ts';
import type { Embedder, IndexStore, VectorReader } from '../../../src/core/ports.ts';
import { createHashEmbedder } from '../../../src/core/retrieval/hashEmbedder.ts';
import { createSearch, type Search } from '../../../src/core/retrieval/search.ts';
import { systemClock } from '../../../src/core/systemClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';

/** The product's search over the newest generation, but without a deadline: a busy machine changes no result. */
export async function patientSearch(
  store: IndexStore,
  vectors: VectorReader,
  embedder: Embedder = createHashEmbedder(),
): Promise<Search['search']> {
  const reader = new FolderReader(store, vectors);
  await reader.follow();
  const clock = { ...systemClock, setTimer: () => () => undefined };
  return createSearch({ lexical: reader.lexical, vectors, embedder, clock, log: silentLogger }).search;
}
