import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileTable } from '../../../src/core/indexing/fileTable.ts';
import { openIndexStore } from '../../../src/adapters/sqlite/indexStore.ts';
import { encodeSegment } from '../../../src/core/indexing/segmentCodec.ts';
import { lsaMethod } from '../../../src/core/indexing/vectors/lsaMethod.ts';
import { OpenEmbedder } from '../../../src/core/indexing/vectors/openEmbedder.ts';
import { NO_VECTORS } from '../../../src/core/ports/vectors.ts';
import type { IndexStore } from '../../../src/core/ports/indexStore.ts';
import { DenseReader } from '../../../src/engine/workspace/denseReader.ts';
import { IndexReplica } from '../../../src/engine/workspace/indexReplica.ts';
import { segmentOf } from '../../support/segmentOf.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { change, fileRecord, serving } from './generations.ts';
import { temporaryFolder } from './temporaryFolder.ts';

interface World {
  readonly directory: string;
  readonly writers: readonly [IndexStore, IndexStore];
  readonly reader: IndexReplica;
}
type Step = (world: World) => unknown;

const PATHS = Array.from({ length: 12 }, (_, index) => `src/file${index}.ts`);
/** More than a commit may change for its changes to be listed. */
const MANY = Array.from({ length: 600 }, (_, index) => `many/file${index}.ts`);

const open = (directory: string) =>
  openIndexStore(directory, silentLogger, {
    withChanges: (files, changes) => FileTable.with(files, changes),
  });

async function commit(
  store: IndexStore,
  paths: readonly string[],
  removals: readonly string[],
  text: string,
): Promise<void> {
  await store.write(async (writer) => {
    const upserts = [];
    if (paths.length > 0) {
      const texts = Object.fromEntries(paths.map((path) => [path, `${text} = 1;\n`]));
      const segment = await writer.putSegment(encodeSegment(segmentOf(texts)));
      upserts.push(...paths.map((path) => fileRecord(path, segment, text)));
    }
    const vectors = serving(NO_VECTORS, { pending: new Set(paths), method: 'another' });
    await writer.commit(change(upserts, { removals, vectors, recipe: text === 'c' ? 'other' : 'recipe' }));
  });
}

function deleteAll(directory: string): void {
  for (const name of ['manifest.sqlite', 'manifest.sqlite-wal', 'manifest.sqlite-shm', 'segments']) {
    rmSync(join(directory, name), { recursive: true, force: true });
  }
}

const paths = fc.uniqueArray(fc.constantFrom(...PATHS), { maxLength: 4 });
const which = fc.constantFrom(0 as const, 1 as const);
const text = fc.constantFrom('a', 'b', 'c');
const saved: fc.Arbitrary<Step> = fc.tuple(which, paths, paths, text).map(
  ([one, written, removed, content]) =>
    ({ writers }) =>
      commit(writers[one], written, removed, content),
);
const followed = fc.constant<Step>(({ reader }) => reader.catchUp());
const reread = fc.constantFrom(...PATHS).map(
  (path): Step =>
    ({ reader }) =>
      reader.restore(path),
);
const rare: fc.Arbitrary<Step> = fc.oneof(
  text.map(
    (content): Step =>
      ({ writers }) =>
        commit(writers[0], MANY, [], content),
  ),
  fc.constant<Step>(({ writers }) => commit(writers[1], [], MANY, 'a')),
  fc.constant<Step>(async ({ writers }) => {
    for (let round = 0; round < 70; round++) await commit(writers[round % 2]!, [PATHS[round % 12]!], [], 'b');
  }),
  fc.constant<Step>(({ writers }) => writers[0].clear()),
  fc.constant<Step>(({ directory }) => {
    deleteAll(directory);
  }),
  fc.constant<Step>(({ directory }) => {
    writeFileSync(join(directory, 'manifest.sqlite'), 'no database any more'.repeat(500));
  }),
);
const step = fc.oneof(
  { weight: 12, arbitrary: saved },
  { weight: 4, arbitrary: followed },
  { weight: 2, arbitrary: reread },
  { weight: 1, arbitrary: rare },
);

async function expectNewest({ directory, writers, reader }: World): Promise<void> {
  const lasting = await Promise.all(writers.map((store) => store.snapshot()));
  const fresh = await open(directory);
  const whole = await fresh.snapshot();
  await fresh.close();
  for (const { files, ...rest } of lasting) {
    const { files: expected, ...others } = whole;
    expect(rest).toStrictEqual(others);
    expect(files.size).toBe(expected.size);
    expect(new Map(files)).toStrictEqual(expected);
  }
  await reader.catchUp();
  expect([...reader.lexical.paths()].toSorted()).toStrictEqual([...whole.files.keys()]);
  for (const { path, hash } of whole.files.values()) expect(reader.hashOf(path)).toBe(hash);
  expect(reader.generation).toBe(whole.generation);
}

test('whatever happened, what changed since the last snapshot makes the one that is read as a whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 25 }), async (steps) => {
      const directory = join(temporaryFolder(), 'store');
      const writers = [await open(directory), await open(directory)] as const;
      const store = await open(directory);
      const dense = new DenseReader({
        embedders: new OpenEmbedder(lsaMethod(), store),
        vectors: {
          reader: () => {
            throw new Error('There are no vectors.');
          },
        },
      });
      const world = { directory, writers, reader: new IndexReplica(store, dense) };
      for (const [take, isLookedAt] of steps) {
        await take(world);
        if (isLookedAt) await expectNewest(world);
      }
      await expectNewest(world);
      await Promise.all([...writers, store].map((each) => each.close()));
    }),
    { numRuns: 40 },
  );
});

test('an unchanged index is not read again', async () => {
  const store = await open(temporaryFolder());
  await commit(store, PATHS, [], 'a');
  const snapshot = await store.snapshot();
  expect(await store.snapshot()).toBe(snapshot);
  await commit(store, [], [], 'a');
  expect((await store.snapshot()).files).toBe(snapshot.files);
  await store.close();
});
