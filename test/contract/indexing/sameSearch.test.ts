import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildRetrievalIndex } from '../../../src/evals/retrievalIndex.ts';
import { readSources } from '../../../src/evals/readSources.ts';
import { lsaMethod } from '../../../src/core/indexing/vectors/lsaMethod.ts';
import type { SearchHit } from '../../../src/core/retrieval/hit.ts';
import type { Search } from '../../../src/core/retrieval/search.ts';
import { systemClock } from '../../../src/core/async/systemClock.ts';
import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../../../src/adapters/files/sha256Digest.ts';
import { DocumentMirror, openQueryFolder, type QueryFolder } from '../../../src/engine/query/queryFolder.ts';
import { IndexerFolder } from '../../../src/engine/indexer/indexerFolder.ts';
import { openChunker } from '../../../src/engine/workspace/openChunker.ts';
import { silentLogger } from '../../support/silentLogger.ts';

/** Our own code: enough of it that vectors are learnt. */
const root = join(import.meta.dirname, '../../../src');
const QUERIES = [
  'where are changed files collected before they are indexed',
  'waits for a provider that is away',
  'removes what looks like a key from text',
  'cosine similarity of rounded rows',
  'the status bar shows how far indexing is',
  'restart a worker that ran out of memory',
  'readSnapshot',
  'class DocumentMirror',
  'hold back a suggestion that is not sure enough',
  'baseline comparison verdict in words',
];

/** The two add up a vector's numbers in different orders. */
const rounded = ({ path, startLine, endLine, score, legs }: SearchHit) => [
  `${path}:${String(startLine)}-${String(endLine)}`,
  score.toFixed(6),
  legs.lexical,
  legs.dense?.toFixed(6),
];

let store: string;
let product: QueryFolder;
let evaluated: Search;

beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), 'touchstone-same-'));
  const folder = { root, store };
  const indexer = await IndexerFolder.open(
    folder,
    { indexStatus: () => undefined, committed: () => undefined },
    silentLogger,
  );
  await indexer.refresh({ fromScratch: true });
  await indexer.close();
  product = await openQueryFolder(folder, new DocumentMirror(), silentLogger);
  await product.catchUp();
  const tree = await createNodeFileTree(root);
  const texts = await readSources({ tree, hash: sha256Digest }, {});
  const parts = {
    chunker: await openChunker(silentLogger),
    method: lsaMethod(),
    clock: systemClock,
    log: silentLogger,
  };
  const options = { pace: () => Promise.resolve(), onProgress: () => undefined };
  evaluated = await buildRetrievalIndex(texts, parts, options);
});

afterAll(async () => {
  await product.close();
  await rm(store, { recursive: true });
});

test.each(QUERIES)('what is evaluated is what people get: %s', async (query) => {
  const expected = (await evaluated.search(query, 10)).map(rounded);
  expect(expected).toHaveLength(10);
  // A busy machine may answer without vectors once.
  await vi.waitFor(async () => expect((await product.search(query, 10)).map(rounded)).toEqual(expected));
});
