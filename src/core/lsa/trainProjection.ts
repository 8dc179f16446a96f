import { largeFloat64Array } from '../memory/largeArrays.ts';
import { createRandom } from '../shared/random.ts';
import { toUnit } from '../shared/toUnit.ts';
import { gramOf, timesSquare } from './denseProducts.ts';
import { meanOfWordHalves } from './lsaEmbedder.ts';
import { HALF_DIMS, type LsaProjection, PROJECTION_DIMS } from './lsaProjection.ts';
import { neighbourRows } from './neighbourRows.ts';
import { orthonormal } from './orthonormal.ts';
import { withId } from './projectionCodec.ts';
import { type SparseRows, times, transposed } from './sparseRows.ts';
import { symmetricEigen } from './symmetricEigen.ts';
import { textRows } from './textRows.ts';
import { readTrainingTexts, type TrainingTexts } from './trainingTexts.ts';
import { Work } from './work.ts';

/** More texts teach little more and cost time and memory. */
export const MAX_TRAINING_CHUNKS = 9000;
/**
 * Fewer texts teach nothing that word matches do not know: from doc comments to definitions, likeness of terms adds
 * nothing to the mean reciprocal rank with 489 chunks, .010 with 607 and .020 with 804.
 */
export const MIN_TRAINING_CHUNKS = 500;

/** Terms learnt from the texts they are in, and the most frequent of them also from their neighbours. */
const MAX_TERMS = 20_000;
const MAX_NEIGHBOURS = 12_000;
/** The texts whose mean is taken. */
const MEAN_OF = 3000;

interface TrainingOptions {
  readonly seed: number;
  /** Awaited every few milliseconds of work. */
  readonly pace: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Learns a projection from texts: those of chunks as they will be embedded. Of more than `MAX_TRAINING_CHUNKS` it takes
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
  const read = await readTrainingTexts(sample, MAX_TERMS, work);
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
  const termCount = Math.min(read.terms.length, MAX_NEIGHBOURS);
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

/** What a random number costs beside a multiplication. */
const PER_RANDOM = 10;

/**
 * A matrix C of `columnCount` rows and `width` columns such that the inner products of C's rows are nearly those of
 * the columns of `rows`: C = AᵀQ, where Q is an orthonormal projection of what A does to random directions (Halko,
 * Martinsson and Tropp, "Finding Structure with Randomness", 2011, algorithm 4.3 with one step of power iteration).
 */
export async function captureColumns(
  rows: SparseRows,
  width: number,
  seed: number,
  work: Work,
): Promise<Float64Array> {
  const columns = await transposed(rows, work);
  const directions = await randomSigns(rows.columnCount, width, seed, work);
  const first = await times(rows, directions, width, work);
  const back = await times(columns, first, width, work);
  const range = await times(rows, back, width, work);
  return times(columns, await orthonormal(range, width, work), width, work);
}

async function randomSigns(rowCount: number, width: number, seed: number, work: Work): Promise<Float64Array> {
  const random = createRandom(seed);
  const signs = largeFloat64Array(rowCount * width);
  for (let row = 0; row < signs.length; row += width) {
    for (let at = row; at < row + width; at++) signs[at] = random() < 0.5 ? -1 : 1;
    await work.done(width * PER_RANDOM);
  }
  return signs;
}

/** Largest number of a quantised vector. */
const LARGEST = 127;

/** A projection while it is made: what is stored of the term vectors, one byte a number. */
class QuantizedVectors {
  readonly vectors: Int8Array;
  readonly scales: Float32Array;

  constructor(termCount: number) {
    this.vectors = new Int8Array(termCount * 2 * HALF_DIMS);
    this.scales = new Float32Array(termCount * 2);
  }

  /** Stores half 0 or 1 of a term's vector, found in `dense` from `from` on. */
  set(term: number, half: 0 | 1, dense: Float64Array, from: number): void {
    let largest = 0;
    for (let at = 0; at < HALF_DIMS; at++) largest = Math.max(largest, Math.abs(dense[from + at] ?? 0));
    if (largest === 0) return;
    const target = (term * 2 + half) * HALF_DIMS;
    this.scales[term * 2 + half] = largest / LARGEST;
    for (let at = 0; at < HALF_DIMS; at++) {
      this.vectors[target + at] = Math.round(((dense[from + at] ?? 0) / largest) * LARGEST);
    }
  }
}
