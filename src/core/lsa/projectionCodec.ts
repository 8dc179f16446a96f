import { runToCompletion } from '../async/incremental.ts';
import { StoreCorruptError } from '../errors/storeErrors.ts';
import { checksum, checksumIncrementally } from '../async/checksum.ts';
import { PROJECTION_DIMS, HALF_DIMS, type LsaProjection } from './lsaProjection.ts';

/**
 * Layout, in 32-bit words of the machine's byte order (a foreign order fails on the magic number):
 * `magic, version, checksum of all that follows, number of terms, bytes of the texts, …rarities, …scales, …mean,
 * …vectors, texts`. The texts are the terms as JSON, padded with spaces to whole words. To be raised as well when
 * the same projection is to give other vectors, as after a change of `subTokens`.
 */
export const PROJECTION_VERSION = 2;

const MAGIC = 0x42534854; // 'THSB' in little-endian files
const WORD = 4;
const CHECKED_FROM = 3;
const HEADER_WORDS = 5;

/** Terms must be well-formed Unicode. */
export function encodeProjection(projection: Omit<LsaProjection, 'id'>): Uint8Array {
  const texts = encodeTexts(projection.terms);
  const { rarities, scales, mean, vectors } = partsOf(projection.terms.length);
  const words = new Uint32Array(vectors.end + texts.length / WORD);
  const bytes = new Uint8Array(words.buffer);
  const floats = new Float32Array(words.buffer);
  words[0] = MAGIC;
  words[1] = PROJECTION_VERSION;
  words[3] = projection.terms.length;
  words[4] = texts.length;
  floats.set(projection.rarities, rarities.start);
  floats.set(projection.scales, scales.start);
  floats.set(projection.mean, mean.start);
  new Int8Array(words.buffer).set(projection.vectors, vectors.start * WORD);
  bytes.set(texts, vectors.end * WORD);
  words[2] = checksum(words, CHECKED_FROM);
  return bytes;
}

/**
 * The projection in `bytes`; its numbers are views of `bytes` when these are aligned. `name` is what a `StoreCorruptError`
 * calls damaged bytes.
 */
export function decodeProjection(bytes: Uint8Array, name = 'basis'): LsaProjection {
  return runToCompletion(decodeProjectionIncremental(bytes, name));
}

/** The same in steps of about a millisecond: a projection of many terms is several megabytes. */
export function* decodeProjectionIncremental(
  bytes: Uint8Array,
  name = 'basis',
): Generator<void, LsaProjection> {
  const words = wordsOf(bytes, name);
  const [magic, version, sum, termCount = 0, textBytes = 0] = words;
  if (magic !== MAGIC) throw new StoreCorruptError(name, 'not a basis');
  if (version !== PROJECTION_VERSION)
    throw new StoreCorruptError(name, `unknown version ${version ?? 'none'}`);
  if (sum !== (yield* checksumIncrementally(words, CHECKED_FROM)))
    throw new StoreCorruptError(name, 'wrong checksum');
  const { rarities, scales, mean, vectors } = partsOf(termCount);
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  const texts = new Uint8Array(words.buffer, words.byteOffset + vectors.end * WORD, textBytes);
  const id = yield* idIncrementally(words);
  const terms = JSON.parse(new TextDecoder().decode(texts)) as string[];
  yield;
  return {
    id,
    dims: PROJECTION_DIMS,
    terms,
    rarities: floats.subarray(rarities.start, rarities.end),
    scales: floats.subarray(scales.start, scales.end),
    mean: floats.subarray(mean.start, mean.end),
    vectors: new Int8Array(
      words.buffer,
      words.byteOffset + vectors.start * WORD,
      termCount * PROJECTION_DIMS,
    ),
  };
}

/** The projection with the id that tells it from all others. */
export function withId(projection: Omit<LsaProjection, 'id'>): LsaProjection {
  const bytes = encodeProjection(projection);
  return { id: runToCompletion(idIncrementally(new Uint32Array(bytes.buffer))), ...projection };
}

/** Two checksums of 32 bits, begun differently; the first is the one that is stored. */
function* idIncrementally(words: Uint32Array): Generator<void, string> {
  const sums = [words[2] ?? 0, yield* checksumIncrementally(words, CHECKED_FROM + 1)];
  return `basis-${PROJECTION_DIMS}-v${PROJECTION_VERSION}-${sums.map((sum) => sum.toString(16).padStart(8, '0')).join('')}`;
}

interface Part {
  /** Half-open range of words. */
  readonly start: number;
  readonly end: number;
}

function partsOf(termCount: number): Readonly<Record<'rarities' | 'scales' | 'mean' | 'vectors', Part>> {
  const rarities = { start: HEADER_WORDS, end: HEADER_WORDS + termCount };
  const scales = { start: rarities.end, end: rarities.end + 2 * termCount };
  const mean = { start: scales.end, end: scales.end + HALF_DIMS };
  const vectors = { start: mean.end, end: mean.end + (termCount * PROJECTION_DIMS) / WORD };
  return { rarities, scales, mean, vectors };
}

function encodeTexts(terms: readonly string[]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(terms));
  const padded = new Uint8Array(Math.ceil(json.length / WORD) * WORD).fill(0x20);
  padded.set(json);
  return padded;
}

function wordsOf(bytes: Uint8Array, name: string): Uint32Array {
  if (bytes.length % WORD !== 0 || bytes.length < HEADER_WORDS * WORD) {
    throw new StoreCorruptError(name, 'cut short');
  }
  const aligned = bytes.byteOffset % WORD === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / WORD);
}
