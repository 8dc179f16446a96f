import { StoreCorruptError } from '../../errors/storeErrors.ts';
import type {
  IndexSnapshot,
  IndexStore,
  IndexWriter,
  VectorSet,
  VectorSets,
} from '../../ports/indexStore.ts';
import { NO_VECTORS, type VectorStore, type VectorVersion } from '../../ports/vectors.ts';
import { decodeSegment } from '../segmentCodec.ts';
import { textsOfSegments, type ChunkTexts } from './chunkTexts.ts';
import {
  chunkCount,
  type EmbeddedFiles,
  embedFiles,
  nextStep,
  stillWanted,
  type VectorStep,
} from './embedFiles.ts';
import type { EmbeddingMethod } from './embeddingMethod.ts';
import type { OpenEmbedder } from './openEmbedder.ts';
import { pendingBatch } from './pendingBatch.ts';
import { trainingSample } from './trainingSample.ts';

export interface VectorPassDependencies {
  readonly store: IndexStore;
  readonly method: EmbeddingMethod;
  readonly embedders: OpenEmbedder;
  readonly vectors: Pick<VectorStore, 'writer'>;
  /** Lets other tasks run; rejects when the pass is cancelled. */
  readonly pace: () => Promise<void>;
}

export interface VectorPassOptions {
  /** Told while a whole set is made: chunks done so far and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gives every chunk of a complete index its vector, in steps that are each committed: whatever ends a pass, the next
 * one goes on from there. Learning and embedding hold up no writer of segments; only storing the outcome does.
 */
export class VectorPass {
  readonly #deps: VectorPassDependencies;
  readonly #options: VectorPassOptions;
  readonly #texts: ChunkTexts;

  constructor(deps: VectorPassDependencies, options: VectorPassOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#texts = textsOfSegments(async (id) => decodeSegment(await deps.store.segment(id), `segment ${id}`));
  }

  async run(): Promise<void> {
    const { store } = this.#deps;
    for (;;) {
      this.#options.signal?.throwIfAborted();
      const snapshot = await store.snapshot();
      const step = this.#nextStep(snapshot);
      if (step.kind === 'rest') return;
      try {
        await this.#take(step, snapshot);
      } catch (error) {
        // Files that only an older generation wanted are swept, also while this pass reads them.
        if (!(error instanceof StoreCorruptError)) throw error;
        if ((await store.generation()) === snapshot.generation) throw error;
      }
    }
  }

  #nextStep(snapshot: IndexSnapshot): VectorStep {
    return nextStep(snapshot, this.#deps.method);
  }

  #take(step: Exclude<VectorStep, { kind: 'rest' }>, snapshot: IndexSnapshot): Promise<void> {
    if (step.kind === 'begin') return this.#begin(snapshot);
    if (step.kind === 'fill') return this.#fill(step, snapshot);
    return this.#commit((current) => {
      const again = this.#nextStep(current);
      return again.kind === 'drop' ? again.kept : undefined;
    });
  }

  /** Opens the embedder of a new set, of which at first everything is pending. */
  async #begin({ files }: IndexSnapshot): Promise<void> {
    const { method } = this.#deps;
    const chunks = chunkCount(files.values());
    this.#options.onProgress?.(0, chunks);
    const learnt = await this.#learn(files);
    const embedder = this.#deps.embedders.keep(await method.open(learnt, { signal: this.#options.signal }));
    await this.#commit(async (current, writer) => {
      // Another process may have begun one meanwhile.
      if (this.#nextStep(current).kind !== 'begin') return undefined;
      const id = learnt && (await writer.putProjection(learnt));
      const projection = id !== undefined && { id, chunks, folded: { chunks: 0, terms: 0, unknown: 0 } };
      const next: VectorSet = {
        method: method.id,
        embedder: embedder.id,
        dims: embedder.dims,
        ...(projection && { projection }),
        version: NO_VECTORS,
        pending: new Set(current.files.keys()),
      };
      return { ...current.vectors, next };
    });
  }

  async #learn(files: IndexSnapshot['files']): Promise<Uint8Array | undefined> {
    const { method, pace } = this.#deps;
    if (!method.training) return undefined;
    const texts = await trainingSample(files.values(), method.training.sample, this.#texts, pace);
    return method.training.learn(texts, { pace, signal: this.#options.signal });
  }

  /** Makes a part of what is pending in a set; the next set takes over once nothing is. */
  async #fill({ role, set }: Extract<VectorStep, { kind: 'fill' }>, { files }: IndexSnapshot): Promise<void> {
    const embedder = await this.#deps.embedders.of(set);
    if (!embedder) return;
    const writer = this.#deps.vectors.writer(embedder);
    const batch = pendingBatch(set.pending, files, writer);
    const embedded = await embedFiles(batch, embedder, this.#texts, {
      pace: this.#deps.pace,
      onEmbedded: role === 'next' ? this.#countdown(set, files) : () => undefined,
      signal: this.#options.signal,
    });
    await this.#commit(async ({ vectors, files: newest }) => {
      const held = vectors[role];
      // Another process may have replaced the set meanwhile.
      if (held?.embedder !== set.embedder) return undefined;
      const wanted = stillWanted(embedded, newest, held);
      const removedPaths = [...wanted.hashes.keys()];
      const change = { removedPaths, items: wanted.items };
      const version = await writer.stage(held.version, change, this.#options.signal);
      return withFilled(vectors, role, wanted, version);
    });
  }

  /** Told of every few chunks embedded, reports how far the set has come. */
  #countdown({ pending }: VectorSet, files: IndexSnapshot['files']): (count: number) => void {
    const total = chunkCount(files.values());
    let done = total - chunkCount([...files.values()].filter(({ path }) => pending.has(path)));
    return (count) => {
      done += count;
      this.#options.onProgress?.(done, total);
    };
  }

  /** Commits the sets that `change` makes of the newest ones; nothing when it gives `undefined`. */
  #commit(
    change: (
      current: IndexSnapshot,
      writer: IndexWriter,
    ) => VectorSets | undefined | Promise<VectorSets | undefined>,
  ): Promise<void> {
    const { signal } = this.#options;
    return this.#deps.store.write(async (writer) => {
      const current = await writer.snapshot();
      const vectors = await change(current, writer);
      if (vectors === undefined) return;
      signal?.throwIfAborted();
      const { recipe, complete } = current;
      await writer.commit({ upserts: [], removals: [], vectors, recipe, complete });
    }, signal);
  }
}

function withFilled(
  vectors: VectorSets,
  role: keyof VectorSets,
  { hashes, folded }: EmbeddedFiles,
  version: VectorVersion,
): VectorSets {
  const held = vectors[role];
  if (!held) return vectors;
  const pending = new Set([...held.pending].filter((path) => !hashes.has(path)));
  const projection =
    held.projection && role === 'serving' ? foldedInto(held.projection, folded) : held.projection;
  const set: VectorSet = { ...held, version, pending, ...(projection && { projection }) };
  return role === 'next' && pending.size === 0 ? { serving: set } : { ...vectors, [role]: set };
}

function foldedInto(
  projection: NonNullable<VectorSet['projection']>,
  more: EmbeddedFiles['folded'],
): NonNullable<VectorSet['projection']> {
  const { chunks, terms, unknown } = projection.folded;
  const folded = {
    chunks: chunks + more.chunks,
    terms: terms + more.terms,
    unknown: unknown + more.unknown,
  };
  return { ...projection, folded };
}
