import { StoreCorruptError } from '../../../src/core/errors/storeErrors.ts';
import type {
  FileRecord,
  IndexChange,
  IndexSnapshot,
  IndexStore,
  IndexWriter,
  SegmentId,
  VectorSet,
  VectorSets,
} from '../../../src/core/ports/indexStore.ts';
import {
  NO_VECTORS,
  type VectorItem,
  type VectorReader,
  type VectorVersion,
  type VectorWriter,
} from '../../../src/core/ports/vectors.ts';

/** Generations whose parts all carry one mark, so that a mix of two cannot pass for one. */

export const PATHS: readonly string[] = Array.from({ length: 40 }, (_, index) => `src/file${index}.ts`);
export const EMBEDDER = { id: 'marked/v1', dims: 8 };

/** A set of vectors of this version that serves, with nothing pending. */
export function serving(version: VectorVersion, rest: Partial<VectorSet> = {}): VectorSets {
  const { id, dims } = EMBEDDER;
  return { serving: { method: id, embedder: id, dims, version, pending: new Set(), ...rest } };
}

export function fileRecord(path: string, segment: SegmentId, hash = 'hash'): FileRecord {
  return { path, size: path.length, modifiedMs: 1_700_000_000_000.25, hash, chunkCount: 1, segment };
}

export function change(upserts: readonly FileRecord[], rest: Partial<IndexChange> = {}): IndexChange {
  return { upserts, removals: [], vectors: {}, recipe: 'recipe', complete: true, ...rest };
}

/** Bytes of one of the two segments of the generation with this mark. */
export function markedSegment(mark: string, half: number): Uint8Array {
  return new TextEncoder().encode(`${mark}:${half}`.padEnd(4096, '.'));
}

/** What the marked generation's vectors look like: chunk 0 of every path points along axis `mark mod dims`. */
export function markedVectors(mark: string): readonly VectorItem[] {
  const axis = Number(mark) % EMBEDDER.dims;
  return PATHS.map((path) => ({ path, ordinal: Number(mark), vector: unit(axis) }));
}

export function unit(axis: number): Float32Array {
  const vector = new Float32Array(EMBEDDER.dims);
  vector[axis] = 1;
  return vector;
}

/** Replaces everything by the generation with this mark; `mark` is a whole number. */
export async function commitMarked(
  writer: IndexWriter,
  mark: string,
  vectors?: VectorWriter,
): Promise<number> {
  const before = await writer.snapshot();
  const segments = [
    await writer.putSegment(markedSegment(mark, 0)),
    await writer.putSegment(markedSegment(mark, 1)),
  ];
  const staged = await vectors?.stage(before.vectors.serving?.version ?? NO_VECTORS, {
    removedPaths: PATHS,
    items: markedVectors(mark),
  });
  return writer.commit({
    upserts: PATHS.map((path, index) => fileRecord(path, segments[index % 2]!, mark)),
    removals: [],
    vectors: serving(staged ?? NO_VECTORS),
    recipe: mark,
    complete: true,
  });
}

/** Loads the newest generation as an engine does, beginning again when it was replaced meanwhile. Throws for a mix. */
export async function loadWhole(store: IndexStore, vectors?: VectorReader): Promise<IndexSnapshot> {
  for (;;) {
    const snapshot = await store.snapshot();
    try {
      await assertWhole(store, snapshot, vectors);
      return snapshot;
    } catch (error) {
      const isOutdated = (await store.generation()) !== snapshot.generation;
      if (!(error instanceof StoreCorruptError) || !isOutdated) throw error;
    }
  }
}

async function assertWhole(
  store: IndexStore,
  snapshot: IndexSnapshot,
  vectors?: VectorReader,
): Promise<void> {
  if (snapshot.files.size === 0) return;
  const mark = snapshot.recipe;
  const segments = [...new Set([...snapshot.files.values()].map((file) => file.segment))];
  const texts = await Promise.all(
    segments.map(async (id) => Buffer.from(await store.segment(id)).toString()),
  );
  const expected = [0, 1].map((half) => Buffer.from(markedSegment(mark, half)).toString());
  const hashes = new Set([...snapshot.files.values()].map((file) => file.hash));
  const isWhole =
    snapshot.files.size === PATHS.length &&
    texts.toSorted().join() === expected.toSorted().join() &&
    hashes.size === 1 &&
    hashes.has(mark);
  if (!isWhole) throw new Error(`Generation ${snapshot.generation} is a mix: ${mark}, ${[...hashes].join()}`);
  if (vectors) await assertVectors(snapshot, vectors);
}

async function assertVectors({ vectors: sets, recipe }: IndexSnapshot, vectors: VectorReader): Promise<void> {
  await vectors.refresh(sets.serving?.version ?? NO_VECTORS);
  const hits = await vectors.query(unit(Number(recipe) % EMBEDDER.dims), PATHS.length + 1);
  const isWhole =
    hits.length === PATHS.length && hits.every((hit) => hit.ordinal === Number(recipe) && hit.score === 1);
  if (!isWhole) throw new Error(`The vectors are not those of generation ${recipe}.`);
}
