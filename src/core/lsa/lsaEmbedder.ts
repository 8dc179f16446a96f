import { runToCompletion } from '../async/incremental.ts';
import type { Embedder } from '../ports/vectors.ts';
import { TermCounter } from '../text/termCounter.ts';
import type { TermLikeness } from './termLikeness.ts';
import { HALF_DIMS, type LsaProjection } from './lsaProjection.ts';
import { termWeight } from './textRows.ts';
import { WordTerms } from './wordTerms.ts';
import type { Work } from './work.ts';
import { toUnit } from '../shared/toUnit.ts';

/** Terms numbered in one step: well under a millisecond. */
const STEP_TERMS = 4096;

/** How many terms texts had, and how many of these the projection does not know. */
export interface SeenTerms {
  readonly terms: number;
  readonly unknown: number;
}

export interface LsaEmbedder extends Embedder {
  /** Of all texts embedded so far: a projection that knows ever fewer of their terms should be trained anew. */
  readonly knowledge: SeenTerms;
  /** The mean of a term's cosines with both halves of the text's vector. */
  likenessTo(text: string): TermLikeness;
}

/**
 * Embeds a text as the sum of what its terms point to, each by its weight. New texts need no training; terms that the
 * projection does not know count nothing.
 */
export function createLsaEmbedder(projection: LsaProjection): LsaEmbedder {
  return runToCompletion(createLsaEmbedderIncremental(projection));
}

/** The same in steps of a few terms. */
export function* createLsaEmbedderIncremental(projection: LsaProjection): Generator<void, LsaEmbedder> {
  const summer = new TermSummer(projection, yield* numbersOf(projection.terms));
  return {
    id: projection.id,
    dims: projection.dims,
    get knowledge() {
      return { terms: summer.terms, unknown: summer.unknown };
    },
    embed: (texts, signal) =>
      new Promise((resolve) => {
        resolve(
          texts.map((text) => {
            signal?.throwIfAborted();
            return summer.embed(text, projection.mean);
          }),
        );
      }),
    likenessTo(text) {
      const vector = summer.embed(text, projection.mean);
      toUnit(vector, 0, HALF_DIMS);
      toUnit(vector, HALF_DIMS);
      return (term) => (summer.cosine(term, 0, vector) + summer.cosine(term, 1, vector)) / 2;
    },
  };
}

/** The mean of what texts have as their second half before any mean is taken off. */
export async function meanOfWordHalves(
  projection: Omit<LsaProjection, 'id' | 'mean'>,
  texts: readonly string[],
  work: Work,
): Promise<Float32Array> {
  const summer = new TermSummer(projection, runToCompletion(numbersOf(projection.terms)));
  const none = new Float32Array(HALF_DIMS);
  const sum = new Float64Array(HALF_DIMS);
  for (const text of texts) {
    const vector = summer.embed(text, none);
    toUnit(vector, HALF_DIMS);
    for (let at = 0; at < HALF_DIMS; at++) sum[at] = (sum[at] ?? 0) + (vector[HALF_DIMS + at] ?? 0);
    await work.done(text.length * HALF_DIMS);
  }
  return Float32Array.from(sum, (value) => value / Math.max(1, texts.length));
}

function* numbersOf(terms: readonly string[]): Generator<void, ReadonlyMap<string, number>> {
  const numbers = new Map<string, number>();
  for (const [number, term] of terms.entries()) {
    numbers.set(term, number);
    if (numbers.size % STEP_TERMS === 0) yield;
  }
  return numbers;
}

class TermSummer {
  terms = 0;
  unknown = 0;
  readonly #projection: Omit<LsaProjection, 'id' | 'mean'>;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #words: WordTerms;
  readonly #counter = new TermCounter();
  readonly #sum: Float32Array;

  constructor(projection: Omit<LsaProjection, 'id' | 'mean'>, numbers: ReadonlyMap<string, number>) {
    this.#projection = projection;
    this.#numbers = numbers;
    this.#words = new WordTerms((term) => numbers.get(term));
    this.#sum = new Float32Array(projection.dims);
  }

  embed(text: string, mean: Float32Array): Float32Array {
    this.#words.visit(text, (term) => {
      this.terms++;
      if (term < 0) this.unknown++;
      else this.#counter.add([term], 1);
    });
    const sum = this.#sum.fill(0);
    this.#counter.drain((term, count) => {
      this.#add(term, termWeight(count, this.#projection.rarities[term] ?? 0));
    });
    return joinHalves(sum, mean);
  }

  /** The cosine of half 0 or 1 of a term's vector with that half of `vector`, which is of unit length or zero. */
  cosine(term: string, half: 0 | 1, vector: Float32Array): number {
    const number = this.#numbers.get(term);
    if (number === undefined) return 0;
    const { vectors } = this.#projection;
    const to = half * HALF_DIMS;
    const from = number * 2 * HALF_DIMS + to;
    let product = 0;
    let squares = 0;
    for (let at = 0; at < HALF_DIMS; at++) {
      const value = vectors[from + at] ?? 0;
      product += value * (vector[to + at] ?? 0);
      squares += value * value;
    }
    return squares === 0 ? 0 : product / Math.sqrt(squares);
  }

  #add(term: number, weight: number): void {
    const { vectors, scales } = this.#projection;
    for (let half = 0; half < 2; half++) {
      const factor = weight * (scales[term * 2 + half] ?? 0);
      if (factor === 0) continue;
      const to = half * HALF_DIMS;
      const from = term * 2 * HALF_DIMS + to;
      for (let at = 0; at < HALF_DIMS; at++) {
        this.#sum[to + at] = (this.#sum[to + at] ?? 0) + factor * (vectors[from + at] ?? 0);
      }
    }
  }
}

/** Both halves count the same, the second without what all texts have in common. A half that is empty stays so. */
function joinHalves(sum: Float32Array, mean: Float32Array): Float32Array {
  const vector = sum.slice();
  toUnit(vector, 0, HALF_DIMS);
  if (toUnit(vector, HALF_DIMS)) {
    for (let at = 0; at < HALF_DIMS; at++) {
      vector[HALF_DIMS + at] = (vector[HALF_DIMS + at] ?? 0) - (mean[at] ?? 0);
    }
    toUnit(vector, HALF_DIMS);
  }
  toUnit(vector);
  return vector;
}
