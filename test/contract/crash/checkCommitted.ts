import type { FileRecord, IndexSnapshot, IndexStore, VectorSet } from '../../../src/core/ports/indexStore.ts';
import type { Segment } from '../../../src/core/indexing/segment.ts';
import { decodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import { createVectraReader } from '../../../src/adapters/vectra/vectraReader.ts';
import { openIndex, type OpenIndexOptions } from './openIndex.ts';
import { patientSearch } from './patientSearch.ts';
import { QUERIES } from './sourceText.ts';

/** What a store must be at any moment, also right after its writer was killed. Throws a sentence if it is not. */
export async function checkCommitted(
  root: string,
  directory: string,
  options: OpenIndexOptions = {},
): Promise<IndexSnapshot> {
  const index = await openIndex(root, directory, options);
  try {
    const snapshot = await index.store.snapshot();
    await checkSegments(index.store, snapshot);
    if (snapshot.files.size === 0) return snapshot;
    const { serving, next } = snapshot.vectors;
    for (const set of [serving, next]) if (set) await checkVectors(index.store, directory, snapshot, set);
    const search = await patientSearch(index);
    for (const query of QUERIES) {
      const hits = await search(query, 10);
      if (hits.length === 0)
        throw new Error(`Nothing is found for “${query}” among ${snapshot.files.size} files.`);
      const stray = hits.find(({ path }) => !snapshot.files.has(path));
      if (stray) throw new Error(`${stray.path} is found and not in the generation.`);
    }
    return snapshot;
  } finally {
    await index.dense.close();
    await index.store.close();
  }
}

async function checkSegments(store: IndexStore, { files, generation }: IndexSnapshot): Promise<void> {
  const segments = new Map<string, Segment>();
  for (const { path, segment: id, chunkCount } of files.values()) {
    const segment = segments.get(id) ?? decodeSegment(await store.segment(id), id);
    segments.set(id, segment);
    const file = segment.files.find((candidate) => candidate.path === path);
    if (!file) throw new Error(`Generation ${generation}: ${path} is not in segment ${id}.`);
    if (file.chunks.length !== chunkCount) {
      throw new Error(
        `Generation ${generation}: ${path} has ${file.chunks.length} chunks, the manifest says ${chunkCount}.`,
      );
    }
  }
}

/** Every chunk of a file that is not pending has its vector, and nothing else has, pending files left aside. */
async function checkVectors(
  store: IndexStore,
  directory: string,
  { files }: IndexSnapshot,
  { embedder, dims, projection, version, pending }: VectorSet,
): Promise<void> {
  if (projection) await store.projection(projection.id);
  const expected = [...files.values()].flatMap((file) => (pending.has(file.path) ? [] : chunksOf(file)));
  const vectors = createVectraReader({ directory, embedder: { id: embedder, dims } });
  await vectors.refresh(version);
  const everything = await vectors.query(new Float32Array(dims).fill(1), 1_000_000);
  await vectors.close();
  const found = everything
    .filter(({ path }) => !pending.has(path))
    .map(({ path, ordinal }) => `${path}#${ordinal}`);
  const missing = expected.filter((chunk) => !found.includes(chunk));
  const extra = found.filter((chunk) => !expected.includes(chunk));
  if (missing.length + extra.length > 0 || found.length !== expected.length) {
    throw new Error(`Vectors missing: ${missing.join()}; too many: ${extra.join()}.`);
  }
}

function chunksOf({ path, chunkCount }: FileRecord): readonly string[] {
  return Array.from({ length: chunkCount }, (_, ordinal) => `${path}#${ordinal}`);
}
