import { PROJECTION_DIMS, HALF_DIMS, type LsaProjection } from './lsaProjection.ts';
import { withId } from './projectionCodec.ts';
import { captureColumns } from './captureColumns.ts';
import { meanOfWordHalves } from './lsaEmbedder.ts';
import { gramOf, timesSquare } from './denseProducts.ts';
import { neighbourRows } from './neighbourRows.ts';
import { orthonormal } from './orthonormal.ts';
import { QuantizedVectors } from './quantizedVectors.ts';
import { symmetricEigen } from './symmetricEigen.ts';
import { textRows } from './textRows.ts';
import { readTrainingTexts, type TrainingTexts } from './trainingTexts.ts';
import { Work } from './work.ts';
import { toUnit } from '../shared/toUnit.ts';

/** More texts teach little more and cost time and memory. */
export const MAX_TRAINING_CHUNKS = 9000;
/**
 * Fewer texts teach nothing that word matches do not know: from doc comments to definitions, likeness of terms adds
 * nothing to the mean reciprocal rank with 489 chunks, .010 with 607 and .020 with 804.
 */
export const MIN_TRAINING_CHUNKS = 500;

/** Terms learnt from the texts they are in, and the most frequent of them also from their neighbours. */
const MOST_TERMS = 20_000;
const MOST_NEIGHBOURS = 12_000;
/** The texts whose mean is taken. */
const MEAN_OF = 3000;

export interface TrainingOptions {
  readonly seed: number;
  /** Awaited every few milliseconds of work. */
  readonly pace: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Learns a projection from texts: those of chunks as they will be embedded. Of more than `MOST_TRAINING_CHUNKS` it takes
 * evenly spread ones. The same texts and seed give the same projection. Rejects when `signal` aborts.
 */
export async function trainProjection(
  texts: readonly string[],
  { seed, pace, signal }: TrainingOptions,
): Promise<LsaProjection> {
  const work = new Work(async () => {
    await pace();
    signal?.throwIfAborted();
  });
  signal?.throwIfAborted();
  const sample = evenly(texts, MAX_TRAINING_CHUNKS);
  const read = await readTrainingTexts(sample, MOST_TERMS, work);
  const vectors = new QuantizedVectors(read.terms.length);
  await learnFromTexts(read, vectors, seed, work);
  await learnFromNeighbours(read, vectors, seed, work);
  const rarities = Float32Array.from(read.rarities);
  const untold = {
    dims: PROJECTION_DIMS,
    terms: read.terms,
    rarities,
    vectors: vectors.vectors,
    scales: vectors.scales,
  };
  const mean = await meanOfWordHalves(untold, evenly(sample, MEAN_OF), work);
  return withId({ ...untold, mean });
}

async function learnFromTexts(
  read: TrainingTexts,
  vectors: QuantizedVectors,
  seed: number,
  work: Work,
): Promise<void> {
  const captured = await captureColumns(await textRows(read, work), HALF_DIMS, seed, work);
  const directions = await orthonormal(captured, HALF_DIMS, work);
  for (let term = 0; term < read.terms.length; term++) vectors.set(term, 0, directions, term * HALF_DIMS);
}

async function learnFromNeighbours(
  read: TrainingTexts,
  vectors: QuantizedVectors,
  seed: number,
  work: Work,
): Promise<void> {
  const termCount = Math.min(read.terms.length, MOST_NEIGHBOURS);
  const rows = await neighbourRows(read, termCount, work);
  const captured = await captureColumns(rows, HALF_DIMS, seed, work);
  const { values, vectors: axes } = await symmetricEigen(
    await gramOf(captured, HALF_DIMS, work),
    HALF_DIMS,
    work,
  );
  // Singular values count by their square root: neither all directions alike nor the first alone (Levy et al. 2015).
  for (let column = 0; column < HALF_DIMS; column++) {
    const factor = Math.max(values[column] ?? 0, 1e-12) ** -0.25;
    for (let row = 0; row < HALF_DIMS; row++) {
      axes[row * HALF_DIMS + column] = (axes[row * HALF_DIMS + column] ?? 0) * factor;
    }
  }
  const turned = await timesSquare(captured, axes, HALF_DIMS, work);
  for (let term = 0; term < termCount; term++) {
    toUnit(turned, term * HALF_DIMS, (term + 1) * HALF_DIMS);
    vectors.set(term, 1, turned, term * HALF_DIMS);
  }
}

/** At most `most` of the items, evenly spread. */
function evenly<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)] as T);
}
