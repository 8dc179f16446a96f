import type { CompletionRequest } from '../core/ports/completionSource.ts';
import type { Logger } from '../core/ports/runtime.ts';
import type { VectorHit } from '../core/ports/vectors.ts';
import { createSearch } from '../core/retrieval/search.ts';
import { steadyClock } from '../core/async/systemClock.ts';
import type { FolderConfig } from '../protocol/engine.ts';
import { builtInMethod } from '../engine/workspace/folderStores.ts';
import { openIndexReplica } from '../engine/workspace/openIndexReplica.ts';

/**
 * The parts of a folder's search one by one, and its completions, to be measured. Each leg takes a query and the number
 * of hits wanted.
 */
export interface SearchLegs {
  /** Of the generation in memory. */
  readonly chunks: number;
  /** Every indexed path. */
  paths(): readonly string[];
  lexical(query: string, count: number): void;
  /** Embedding the query included. */
  dense(query: string, count: number): Promise<readonly VectorHit[]>;
  search(query: string, count: number): Promise<void>;
  complete(request: CompletionRequest): void;
  /** The newest committed generation's number; with another one than before, there is something to follow. */
  generation(): Promise<number>;
  /** Catches up with the newest committed generation. */
  catchUp(): Promise<void>;
  /** Does now what the query worker does in a quiet moment, so that the next start is quick. */
  saveImage(): Promise<void>;
  close(): Promise<void>;
}

/** Opens what is indexed so far. */
export async function openSearchLegs(config: FolderConfig, log: Logger): Promise<SearchLegs> {
  const { reader, dense, generation, close } = await openIndexReplica(config, log, builtInMethod());
  await reader.catchUp();
  const search = createSearch({
    get lexical() {
      return reader.lexical;
    },
    dense,
    clock: steadyClock,
    log,
  });
  const { signal } = new AbortController();
  return {
    get chunks() {
      return reader.lexical.chunkCount;
    },
    paths: () => [...reader.lexical.paths()],
    lexical(query, count) {
      reader.lexical.search(query, count);
    },
    dense: (query, count) => dense.nearest(query, count, signal),
    async search(query, count) {
      await search.search(query, count, signal);
    },
    complete(request) {
      reader.model.complete(request);
    },
    generation,
    catchUp: () => reader.catchUp(),
    saveImage: () => reader.saveImage(),
    close,
  };
}
