import { StoreCorruptError } from '../errors/storeErrors.ts';
import type { IndexStore } from '../ports/indexStore.ts';
import type { VectorWriter } from '../ports/vectors.ts';
import type { FileRecord, IndexSnapshot, SegmentId, VectorSet } from '../ports/indexRecords.ts';
import { decodeSegment } from './segmentCodec.ts';
import { mapSets } from './vectors/vectorSets.ts';

export interface StoredParts {
  readonly store: Pick<IndexStore, 'segment' | 'basis'>;
  readonly openVectors: (embedder: { readonly id: string; readonly dims: number }) => VectorWriter;
  readonly pace: () => Promise<void>;
}

/**
 * What is left of an index when everything stored is read and what is damaged is left out: files whose segment is
 * damaged, and sets whose basis is. A damaged shard is left out of its set, which then owes the files in it. The
 * snapshot itself when nothing is damaged.
 */
export async function soundPart(snapshot: IndexSnapshot, parts: StoredParts): Promise<IndexSnapshot> {
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
  { store, openVectors }: StoredParts,
): Promise<VectorSet | undefined> {
  const { basis, embedder, dims } = set;
  if (basis && (await isDamaged(() => store.basis(basis.id)))) return undefined;
  const writer = openVectors({ id: embedder, dims });
  const damaged = new Set(await writer.damaged(set.shards));
  if (damaged.size === 0) return set;
  const lost = [...files.keys()].filter((path) => damaged.has(writer.shardOf(path)));
  const shards = Object.entries(set.shards).filter(([shard]) => !damaged.has(Number(shard)));
  return { ...set, shards: Object.fromEntries(shards), owed: new Set([...set.owed, ...lost]) };
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
