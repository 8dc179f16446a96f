import { sha256Digest } from '../../../src/adapters/files/sha256Digest.ts';
import { createCodeChunker } from '../../../src/core/chunking/codeChunker.ts';
import type { Judgement } from '../../../src/core/indexing/discover.ts';
import { createIndexer, type Indexer } from '../../../src/core/indexing/indexer.ts';
import { StoreCorruptError } from '../../../src/core/errors/storeErrors.ts';
import type { Segment } from '../../../src/core/indexing/segment.ts';
import { decodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import { fixedMethod, type EmbeddingMethod } from '../../../src/core/indexing/vectors/embeddingMethod.ts';
import {
  NO_VECTORS,
  type Embedder,
  type SalvagedVectors,
  type VectorItem,
  type VectorStore,
  type VectorVersion,
  type VectorWriter,
} from '../../../src/core/ports/vectors.ts';
import { render } from '../../../src/core/text/lexer.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { MemoryIndexStore } from '../../support/memoryIndexStore.ts';
import { MemoryTree } from '../../support/memoryTree.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const PARTS = 3;

/** Vectors as three parts, by the length of a path, any of which can be lost as by a failing disk. */
export class LossyVectors implements Pick<VectorStore, 'writer'>, VectorWriter {
  /** Parts that cannot be read any more. */
  readonly lost = new Set<number>();
  #lastVersion = 0;
  /** What each version holds, as `path#ordinal`. */
  readonly #content = new Map<VectorVersion, readonly string[]>([[NO_VECTORS, []]]);

  writer(): VectorWriter {
    return this;
  }

  partOf(path: string): number {
    return path.length % PARTS;
  }

  batch(paths: Iterable<string>): readonly string[] {
    return [...paths].sort();
  }

  salvage(current: VectorVersion): Promise<SalvagedVectors> {
    const isLost = (path: string) => this.lost.has(this.partOf(path));
    const content = this.at(current);
    const left = content.filter((key) => !isLost(pathOf(key)));
    return Promise.resolve({
      version: left.length === content.length ? current : this.#store(left),
      isLost,
    });
  }

  stage(
    current: VectorVersion,
    change: { readonly removedPaths: readonly string[]; readonly items: readonly VectorItem[] },
  ): Promise<VectorVersion> {
    const before = this.at(current);
    if (before.some((key) => this.lost.has(this.partOf(pathOf(key))))) {
      return Promise.reject(new StoreCorruptError('vectors', 'missing'));
    }
    const kept = before.filter((key) => !change.removedPaths.includes(pathOf(key)));
    const added = change.items.map(({ path, ordinal }) => `${path}#${ordinal}`);
    return Promise.resolve(this.#store([...kept, ...added]));
  }

  /** What a version holds, sorted. */
  at(version: VectorVersion = NO_VECTORS): readonly string[] {
    return [...(this.#content.get(version) ?? [])].sort();
  }

  #store(content: readonly string[]): VectorVersion {
    const version = `version ${++this.#lastVersion}`;
    this.#content.set(version, content);
    return version;
  }
}

function pathOf(key: string): string {
  return key.slice(0, key.lastIndexOf('#'));
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
  const vectors = new LossyVectors();
  const embedder = new FakeEmbedder();
  const clock = new FakeClock();
  const wordsOnly = (method: EmbeddingMethod = fixedMethod(embedder), judgement: Judgement = {}) =>
    createIndexer({
      discovery: () => Promise.resolve(judgement),
      ...{ tree, store, vectors, method, clock },
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
    /** The same, with files judged like this. */
    judging: (judgement: Judgement) => withVectors(wordsOnly(undefined, judgement)),
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
  return { texts, vectors: vectors.at(sets.serving?.version) };
}

function textOf(segment: Segment, path: string): string {
  const file = segment.files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`${path} is not in its segment.`);
  const tokens = segment.tokens.subarray(file.tokenStart, file.tokenEnd);
  return render(tokens, (word) => segment.words[word - 1] ?? '').slice(1);
}
