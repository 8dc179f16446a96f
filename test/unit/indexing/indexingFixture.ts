import { sha256Digest } from '../../../src/adapters/files/sha256Digest.ts';
import { createCodeChunker } from '../../../src/core/chunking/codeChunker.ts';
import { createIndexer, type Indexer } from '../../../src/core/indexing/indexer.ts';
import { StoreCorruptError } from '../../../src/core/errors/storeErrors.ts';
import type { ShardVersions } from '../../../src/core/ports/indexRecords.ts';
import type { Segment } from '../../../src/core/indexing/segment.ts';
import { decodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import { fixedMethod, type EmbeddingMethod } from '../../../src/core/indexing/vectors/embeddingMethod.ts';
import type { Embedder, VectorItem, VectorWriter } from '../../../src/core/ports/vectors.ts';
import { render } from '../../../src/core/text/lexer.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { MemoryIndexStore } from '../../support/memoryIndexStore.ts';
import { MemoryTree } from '../../support/memoryTree.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const SHARDS = 3;

function lostShard(shard: number): Promise<never> {
  return Promise.reject(new StoreCorruptError(`vector shard ${shard}`, 'missing'));
}

/** Shards in memory, each an immutable list of `path#ordinal` per version. */
export class MemoryVectors implements VectorWriter {
  /** Numbers of shards that cannot be read any more. */
  readonly lost = new Set<number>();
  #lastVersion = 0;
  readonly #content = new Map<number, readonly string[]>();

  shardOf(path: string): number {
    return path.length % SHARDS;
  }

  damaged(current: ShardVersions): Promise<readonly number[]> {
    return Promise.resolve([...this.lost].filter((shard) => current[shard] !== undefined));
  }

  stage(
    current: ShardVersions,
    change: { readonly removedPaths: readonly string[]; readonly items: readonly VectorItem[] },
  ): Promise<ShardVersions> {
    const next: Record<number, number> = { ...current };
    for (const shard of this.lost) if (current[shard] !== undefined) return lostShard(shard);
    for (let shard = 0; shard < SHARDS; shard++) {
      const before = this.#content.get(current[shard] ?? 0) ?? [];
      const kept = before.filter((key) => !change.removedPaths.includes(key.slice(0, key.lastIndexOf('#'))));
      const added = change.items.filter((item) => this.shardOf(item.path) === shard);
      if (kept.length === before.length && added.length === 0) continue;
      next[shard] = ++this.#lastVersion;
      this.#content.set(this.#lastVersion, [...kept, ...added.map((item) => `${item.path}#${item.ordinal}`)]);
    }
    return Promise.resolve(next);
  }

  /** What a committed set of shards holds, sorted. */
  at(versions: ShardVersions = {}): readonly string[] {
    return Object.values(versions)
      .flatMap((version) => this.#content.get(version) ?? [])
      .sort();
  }
}

/** Remembers the texts it was given; those without a word get the zero vector. */
export class FakeEmbedder implements Embedder {
  id = 'fake 2';
  readonly dims = 2;
  readonly texts: string[] = [];

  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]> {
    signal?.throwIfAborted();
    this.texts.push(...texts);
    const hasWords = (text: string) => /\w/.test(text.slice(text.indexOf('\n')));
    return Promise.resolve(texts.map((text) => Float32Array.of(hasWords(text) ? 1 : 0, 0)));
  }
}

/** An indexer over a tree in memory, and everything it writes to. */
export function indexingFixture(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const tree = new MemoryTree(files);
  const store = new MemoryIndexStore();
  const vectors = new MemoryVectors();
  const embedder = new FakeEmbedder();
  const clock = new FakeClock();
  const openVectors = () => vectors;
  const wordsOnly = (method: EmbeddingMethod = fixedMethod(embedder)) =>
    createIndexer({
      ...{ tree, store, openVectors, method, clock },
      chunker: createCodeChunker(),
      hash: sha256Digest,
      log: silentLogger,
    });
  const newIndexer = (method?: EmbeddingMethod) => withVectors(wordsOnly(method));
  return {
    tree,
    store,
    vectors,
    embedder,
    clock,
    newIndexer,
    indexer: newIndexer(),
    /** The same, but its `refresh` leaves the vectors to others. */
    words: wordsOnly(),
  };
}

/** The same indexer, whose `refresh` makes the vectors, too. */
function withVectors(indexer: Indexer): Indexer {
  return {
    async refresh(options) {
      const report = await indexer.refresh(options);
      await indexer.embed({ signal: options?.signal });
      return report;
    },
    embed: (options) => indexer.embed(options),
  };
}

/** What a reader finds: the text of every indexed file, rebuilt from its live segment, and the committed vectors. */
export async function committed({ store, vectors }: ReturnType<typeof indexingFixture>) {
  const { files, vectors: sets } = await store.snapshot();
  const texts: Record<string, string> = {};
  for (const [path, record] of files) {
    const segment = decodeSegment(await store.segment(record.segment));
    texts[path] = textOf(segment, path);
  }
  return { texts, vectors: vectors.at(sets.serving?.shards) };
}

function textOf(segment: Segment, path: string): string {
  const file = segment.files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`${path} is not in its segment.`);
  const tokens = segment.tokens.subarray(file.tokenStart, file.tokenEnd);
  return render(tokens, (word) => segment.words[word - 1] ?? '').slice(1);
}
