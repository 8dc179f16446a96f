import type { Logger } from '../core/ports.ts';
import { createSearch } from '../core/retrieval/search.ts';
import { systemClock } from '../core/systemClock.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { builtInMethod } from './folderStores.ts';
import { openFolderReader } from './openFolderReader.ts';

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
  const { reader, dense, close } = await openFolderReader(config, log, builtInMethod());
  await reader.follow();
  const { lexical } = reader;
  const search = createSearch({ lexical, dense, clock: systemClock, log });
  const { signal } = new AbortController();
  return {
    chunks: lexical.chunkCount,
    lexical(query, count) {
      lexical.search(query, count);
    },
    async dense(query, count) {
      await dense.nearest(query, count, signal);
    },
    async search(query, count) {
      await search.search(query, count, signal);
    },
    close,
  };
}
