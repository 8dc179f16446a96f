import { createVectraReader } from '../adapters/vectra/vectraReader.ts';
import type { Logger } from '../core/ports.ts';
import { createSearch } from '../core/retrieval/search.ts';
import { systemClock } from '../core/systemClock.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { FolderReader } from './folderReader.ts';
import { openFolderStores } from './folderStores.ts';

/** The parts of a folder's search one by one, to be measured. Each takes a query and the number of hits wanted. */
export interface SearchLegs {
  readonly chunks: number;
  lexical(query: string, count: number): void;
  /** Embedding the query included. */
  dense(query: string, count: number): Promise<void>;
  search(query: string, count: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens what an earlier run indexed. */
export async function openSearchLegs(config: FolderConfig, log: Logger): Promise<SearchLegs> {
  const { index, embedder } = await openFolderStores(config, log);
  const vectors = createVectraReader({ directory: config.store, embedder });
  const reader = new FolderReader(index, vectors);
  await reader.follow();
  const { lexical } = reader;
  const search = createSearch({ lexical, vectors, embedder, clock: systemClock, log });
  const { signal } = new AbortController();
  return {
    chunks: lexical.chunkCount,
    lexical(query, count) {
      lexical.search(query, count);
    },
    async dense(query, count) {
      const [vector] = await embedder.embed([query], signal);
      if (vector) await vectors.query(vector, count);
    },
    async search(query, count) {
      await search.search(query, count, signal);
    },
    async close() {
      await vectors.refresh({});
      await index.close();
    },
  };
}
