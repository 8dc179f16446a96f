import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availableKernels } from '../../../src/adapters/vectra/scan/createKernel.ts';
import { createVectraReader } from '../../../src/adapters/vectra/vectraReader.ts';
import { VectraIndexes } from '../../../src/adapters/vectra/vectraIndexes.ts';
import { createVectraWriter } from '../../../src/adapters/vectra/vectraWriter.ts';
import { NO_VECTORS, type VectorVersion } from '../../../src/core/ports/vectors.ts';
import { temporaryFolder } from '../store/temporaryFolder.ts';
import { sourceVectors, VECTOR_SETS, type VectorSet } from './vectorSets.ts';

const KERNELS = availableKernels();

async function store({ dims, items }: Pick<VectorSet, 'dims' | 'items'>) {
  const options = { directory: temporaryFolder(), embedder: { id: 'model', dims }, shardCount: 3 };
  const versions = await createVectraWriter(options).stage(NO_VECTORS, { removedPaths: [], items });
  return { options, versions, items };
}

type Stored = Awaited<ReturnType<typeof store>>;

/** Every hit that vectra has, in our order of equal scores. */
function everyHit({ options, versions, items }: Stored, query: Float32Array) {
  return new VectraIndexes(options, versions).query(query, items.length);
}

async function readerOf({ options, versions }: Stored, more: object) {
  const reader = createVectraReader({ ...options, ...more });
  await reader.refresh(versions);
  return reader;
}

async function expectVectrasHits(
  stored: Stored,
  queries: readonly Float32Array[],
  counts: readonly number[],
) {
  const readers = await Promise.all(
    KERNELS.flatMap((kernel) => [readerOf(stored, { kernel }), readerOf(stored, { kernel, keptBytes: 0 })]),
  );
  for (const query of queries) {
    const expected = await everyHit(stored, query);
    for (const reader of readers) {
      for (const count of counts) {
        expect(await reader.query(query, count)).toEqual(expected.slice(0, count));
      }
    }
  }
  for (const reader of readers) await reader.close();
}

describe(`a scan of rounded rows, with ${KERNELS.join(', ')}`, () => {
  it('runs on every kernel where these tests run', () => {
    expect(KERNELS).toEqual(['relaxed-simd', 'simd', 'plain']);
  });

  it.each(Object.entries(VECTOR_SETS))('gives what vectra gives, to the last bit: %s', async (_, make) => {
    const set = make();
    await expectVectrasHits(await store(set), set.queries, [1, 20, 100]);
  });

  it('gives what vectra gives on the chunks of real source', async () => {
    const set = await sourceVectors();
    expect(set.items.length).toBeGreaterThan(1000);
    expect(set.queries.length).toBeGreaterThan(20);
    await expectVectrasHits(await store(set), set.queries, [20]);
  });

  it('gives what vectra gives for any vectors', async () => {
    const number = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, -0, 1, -1, 0.5, 127, 128),
    );
    const vector = fc
      .array(number, { minLength: 6, maxLength: 6 })
      .map((values) => Float32Array.from(values))
      .filter((values) => values.some((value) => value !== 0));
    await fc.assert(
      fc.asyncProperty(
        fc.array(vector, { minLength: 1, maxLength: 40 }),
        vector,
        fc.integer({ min: 1, max: 8 }),
        async (vectors, query, count) => {
          const items = vectors.map((each, ordinal) => ({ path: `f${ordinal % 4}`, ordinal, vector: each }));
          await expectVectrasHits(await store({ dims: 6, items }), [query], [count]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('follows changes as a new reader would', async () => {
    const stored = await store(VECTOR_SETS['random']!());
    const { options, items } = stored;
    const writer = createVectraWriter(options);
    const reader = await readerOf(stored, {});
    let versions: VectorVersion = stored.versions;
    for (let step = 0; step < 6; step++) {
      const moved = items.filter((_, at) => at % 11 === step);
      versions = await writer.stage(versions, {
        removedPaths: moved.map(({ path }) => path),
        items: step % 2 === 0 ? [] : moved,
      });
      await reader.refresh(versions);
      const query = items[step * 50]!.vector;
      expect(await reader.query(query, 30)).toEqual(
        await everyHit({ ...stored, versions }, query).then((all) => all.slice(0, 30)),
      );
    }
  });
});
