// Arguments: the store's folder, the point at which to die, the mark to die with. Commits generation 1, then begins the
// marked one and dies by SIGKILL at the given point of it.
import { writeFileSync } from 'node:fs';
import { openIndexStore } from '../../../../src/adapters/sqlite/indexStore.ts';
import { createVectraWriter } from '../../../../src/adapters/vectra/vectraWriter.ts';
import type { FileRecord } from '../../../../src/core/ports/indexStore.ts';
import { NO_VECTORS } from '../../../../src/core/ports/vectors.ts';
import { silentLogger } from '../../../support/silentLogger.ts';
import {
  commitMarked,
  EMBEDDER,
  fileRecord,
  markedSegment,
  markedVectors,
  PATHS,
  serving,
} from '../generations.ts';

const [directory = '', point = '', mark = ''] = process.argv.slice(2);

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('still alive');
}

const writer = createVectraWriter({ directory, embedder: EMBEDDER, shardCount: 4 });
const dyingWriter = createVectraWriter({
  directory,
  embedder: EMBEDDER,
  shardCount: 4,
  writeFile(file, bytes) {
    writeFileSync(`${file}.half.tmp`, bytes.subarray(0, bytes.length / 2));
    die();
  },
});

/** Dies when SQLite is given this row: in the middle of the transaction. */
const deadly: FileRecord = {
  ...fileRecord('src/last.ts', ''),
  get segment(): string {
    return die();
  },
};

const store = await openIndexStore(directory, silentLogger);
await store.write((store) => commitMarked(store, '1', writer));
await store.write(async (store) => {
  const { vectors: before } = await store.snapshot();
  const segments = [
    await store.putSegment(markedSegment(mark, 0)),
    await store.putSegment(markedSegment(mark, 1)),
  ];
  if (point === 'after segments') die();
  const vectors = point === 'within a shard' ? dyingWriter : writer;
  const staged = await vectors.stage(before.serving?.version ?? NO_VECTORS, {
    removedPaths: PATHS,
    items: markedVectors(mark),
  });
  if (point === 'after shards') die();
  const upserts = PATHS.map((path, index) => fileRecord(path, segments[index % 2] ?? '', mark));
  if (point === 'within the commit') upserts.push(deadly);
  await store.commit({ upserts, removals: [], vectors: serving(staged), recipe: mark, complete: true });
  die();
});
