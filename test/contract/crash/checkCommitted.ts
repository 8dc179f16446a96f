import type { IndexSnapshot } from '../../../src/core/indexing/records.ts';
import type { Segment } from '../../../src/core/indexing/segment.ts';
import { decodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import type { IndexStore, VectorReader } from '../../../src/core/ports.ts';
import { createHashEmbedder } from '../../../src/core/retrieval/hashEmbedder.ts';
import { embedderIn, openIndex } from './openIndex.ts';
import { patientSearch } from './patientSearch.ts';
import { QUERIES } from './sourceText.ts';

/** What a store must be at any moment, also right after its writer was killed. Throws a sentence if it is not. */
export async function checkCommitted(root: string, directory: string): Promise<IndexSnapshot> {
  const { store } = await openIndex(root, directory);
  try {
    const snapshot = await store.snapshot();
    await checkSegments(store, snapshot);
    if (snapshot.files.size === 0) return snapshot;
    const { vectors } = await openIndex(root, directory, { embedderId: embedderIn(snapshot.recipe) });
    await checkVectors(vectors, snapshot);
    await checkSearch(store, vectors, snapshot);
    return snapshot;
  } finally {
    await store.close();
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

async function checkVectors(vectors: VectorReader, { files, shards }: IndexSnapshot): Promise<void> {
  const expected = [...files.values()].flatMap(({ path, chunkCount }) =>
    Array.from({ length: chunkCount }, (_, ordinal) => `${path}#${ordinal}`),
  );
  await vectors.refresh(shards);
  const everything = await vectors.query(new Float32Array(createHashEmbedder().dims).fill(1), 1_000_000);
  const found = everything.map(({ path, ordinal }) => `${path}#${ordinal}`);
  const missing = expected.filter((chunk) => !found.includes(chunk));
  const extra = found.filter((chunk) => !expected.includes(chunk));
  if (missing.length + extra.length > 0 || found.length !== expected.length) {
    throw new Error(`Vectors missing: ${missing.join()}; too many: ${extra.join()}.`);
  }
}

async function checkSearch(
  store: IndexStore,
  vectors: VectorReader,
  { files }: IndexSnapshot,
): Promise<void> {
  const search = await patientSearch(store, vectors);
  for (const query of QUERIES) {
    const hits = await search(query, 10);
    if (hits.length === 0) throw new Error(`Nothing is found for “${query}” among ${files.size} files.`);
    const stray = hits.find(({ path }) => !files.has(path));
    if (stray) throw new Error(`${stray.path} is found and not in the generation.`);
  }
}
