import { StoreCorruptError } from '../../errors/storeErrors.ts';
import type { IndexStore, IndexWriter } from '../../ports/indexStore.ts';
import type { VectorWriter } from '../../ports/vectors.ts';
import type { IndexSnapshot, VectorSet, VectorSets } from '../../ports/indexRecords.ts';
import { decodeSegment } from '../segmentCodec.ts';
import { textsOfSegments, type ChunkTexts } from './chunkTexts.ts';
import { embedFiles, stillWanted, type EmbeddedFiles } from './embedFiles.ts';
import type { EmbeddingMethod } from './embeddingMethod.ts';
import { chunkCount, nextStep, type VectorStep } from './nextStep.ts';
import type { OpenEmbedder } from './openEmbedder.ts';
import { owedBatch } from './owedBatch.ts';
import { trainingSample } from './trainingSample.ts';

export interface VectorPassDependencies {
  readonly store: IndexStore;
  readonly method: EmbeddingMethod;
  readonly embedders: OpenEmbedder;
  /** The writer of the shards of one embedder's vectors. */
  readonly openVectors: (embedder: { readonly id: string; readonly dims: number }) => VectorWriter;
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

  /** Opens the embedder of a new set, which at first owes everything. */
  async #begin({ files }: IndexSnapshot): Promise<void> {
    const { method } = this.#deps;
    const chunks = chunkCount(files.values());
    this.#options.onProgress?.(0, chunks);
    const learnt = await this.#learn(files);
    const embedder = this.#deps.embedders.keep(await method.open(learnt, { signal: this.#options.signal }));
    await this.#commit(async (current, writer) => {
      // Another process may have begun one meanwhile.
      if (this.#nextStep(current).kind !== 'begin') return undefined;
      const id = learnt && (await writer.putBasis(learnt));
      const basis = id !== undefined && { id, chunks, folded: { chunks: 0, terms: 0, unknown: 0 } };
      const next: VectorSet = {
        method: method.id,
        embedder: embedder.id,
        dims: embedder.dims,
        ...(basis && { basis }),
        shards: {},
        owed: new Set(current.files.keys()),
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

  /** Makes a part of what a set owes; the next set takes over when it owes nothing more. */
  async #fill({ role, set }: Extract<VectorStep, { kind: 'fill' }>, { files }: IndexSnapshot): Promise<void> {
    const embedder = await this.#deps.embedders.of(set);
    if (!embedder) return;
    const writer = this.#deps.openVectors(embedder);
    const batch = owedBatch(set.owed, files, (path) => writer.shardOf(path));
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
      const shards = await writer.stage(held.shards, { removedPaths, items: wanted.items });
      return withFilled(vectors, role, wanted, shards);
    });
  }

  /** Told of every few chunks embedded, reports how far the set has come. */
  #countdown({ owed }: VectorSet, files: IndexSnapshot['files']): (count: number) => void {
    const total = chunkCount(files.values());
    let done = total - chunkCount([...files.values()].filter(({ path }) => owed.has(path)));
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
  shards: VectorSet['shards'],
): VectorSets {
  const held = vectors[role];
  if (!held) return vectors;
  const owed = new Set([...held.owed].filter((path) => !hashes.has(path)));
  const basis = held.basis && role === 'serving' ? foldedInto(held.basis, folded) : held.basis;
  const set: VectorSet = { ...held, shards, owed, ...(basis && { basis }) };
  return role === 'next' && owed.size === 0 ? { serving: set } : { ...vectors, [role]: set };
}

function foldedInto(
  basis: NonNullable<VectorSet['basis']>,
  more: EmbeddedFiles['folded'],
): NonNullable<VectorSet['basis']> {
  const { chunks, terms, unknown } = basis.folded;
  const folded = {
    chunks: chunks + more.chunks,
    terms: terms + more.terms,
    unknown: unknown + more.unknown,
  };
  return { ...basis, folded };
}
