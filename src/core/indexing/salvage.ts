import { StoreCorruptError } from '../errors/storeErrors.ts';
import type { IndexStore } from '../ports/indexStore.ts';
import type { VectorStore } from '../ports/vectors.ts';
import type { FileRecord, IndexSnapshot, SegmentId, VectorSet } from '../ports/indexRecords.ts';
import { decodeSegment } from './segmentCodec.ts';
import { mapSets } from './vectors/vectorSets.ts';

export interface StoredParts {
  readonly store: Pick<IndexStore, 'segment' | 'projection'>;
  readonly vectors: Pick<VectorStore, 'writer'>;
  readonly pace: () => Promise<void>;
}

/**
 * What is left of an index when everything stored is read and what is damaged is left out: files whose segment is
 * damaged, and sets whose projection is. Of damaged vectors a set keeps the sound part, and the files whose vectors are lost are
 * pending. The snapshot itself when nothing is damaged.
 */
export async function salvage(snapshot: IndexSnapshot, parts: StoredParts): Promise<IndexSnapshot> {
  const files = await soundFiles(snapshot.files, parts);
  const vectors = await mapSets(snapshot.vectors, (set) => soundSet(set, snapshot.files, parts));
  const isWhole =
    files.size === snapshot.files.size &&
    vectors.serving === snapshot.vectors.serving &&
    vectors.next === snapshot.vectors.next;
  return isWhole ? snapshot : { ...snapshot, files, vectors };
}

async function soundFiles(
  files: IndexSnapshot['files'],
  { store, pace }: StoredParts,
): Promise<ReadonlyMap<string, FileRecord>> {
  const ids = new Set([...files.values()].map(({ segment }) => segment));
  const damaged = new Set<SegmentId>();
  for (const id of ids) {
    if (await isDamaged(async () => decodeSegment(await store.segment(id), `segment ${id}`))) damaged.add(id);
    await pace();
  }
  return new Map([...files].filter(([, { segment }]) => !damaged.has(segment)));
}

async function soundSet(
  set: VectorSet,
  files: IndexSnapshot['files'],
  { store, vectors }: StoredParts,
): Promise<VectorSet | undefined> {
  const { projection, embedder, dims } = set;
  if (projection && (await isDamaged(() => store.projection(projection.id)))) return undefined;
  const { version, isLost } = await vectors.writer({ id: embedder, dims }).salvage(set.version);
  if (version === set.version) return set;
  return { ...set, version, pending: new Set([...set.pending, ...[...files.keys()].filter(isLost)]) };
}

async function isDamaged(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (error) {
    if (error instanceof StoreCorruptError) return true;
    throw error;
  }
}
