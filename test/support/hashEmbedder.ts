import type { Embedder } from '../../src/core/ports/vectors.ts';
import { Vocabulary } from '../../src/core/text/vocabulary.ts';
import { subTokens } from '../../src/core/text/subTokens.ts';
import { TermCounter } from '../../src/core/text/termCounter.ts';

const DIMS = 384;
/** Each feature goes to two dimensions, so that two features rarely share all of theirs. */
const PROBES = 2;
const GRAM = 4;
/** Weight of all character grams of a term together, beside the term itself. */
const GRAM_WEIGHT = 0.35;
/** Words remembered with their features; a workspace's vocabulary is about this large. */
const MEMORY = 200_000;
const WORDS = /[\p{L}\p{N}\p{M}_$]+/gu;

/** A term's share of a vector, as dimension and amount in turn. */
type Features = readonly number[];

/**
 * Vectors from hashed sub-tokens and their character 4-grams ("Feature Hashing for Large Scale Multitask Learning",
 * Weinberger et al. 2009): no model, no training, equal text gives equal vectors everywhere and for ever. They find
 * what lexical search misses by spelling, and serve until a better embedder is there. Whatever changes a vector,
 * `subTokens` included, needs a new id.
 */
export function createHashEmbedder(): Embedder {
  let memory = new TermMemory();
  return {
    id: 'hash-384-v1',
    dims: DIMS,
    embed: (texts, signal) =>
      new Promise((resolve) => {
        if (memory.size > MEMORY) memory = new TermMemory();
        resolve(
          texts.map((text) => {
            signal?.throwIfAborted();
            return embedText(text, memory);
          }),
        );
      }),
  };
}

/** Works out the terms of each word, and the features of each term, once. */
class TermMemory {
  readonly counter = new TermCounter();
  readonly #terms = new Vocabulary();
  readonly #ofWord = new Map<string, readonly number[]>();
  readonly #features: Features[] = [];

  get size(): number {
    return this.#ofWord.size;
  }

  terms(word: string): readonly number[] {
    let terms = this.#ofWord.get(word);
    if (terms === undefined) {
      terms = subTokens(word).map((term) => this.#terms.intern(term));
      this.#ofWord.set(word, terms);
    }
    return terms;
  }

  features(term: number): Features {
    return (this.#features[term] ??= hashTerm(this.#terms.textOf(term)));
  }
}

function embedText(text: string, memory: TermMemory): Float32Array {
  for (const word of text.match(WORDS) ?? []) memory.counter.add(memory.terms(word), 1);
  const vector = new Float32Array(DIMS);
  memory.counter.drain((term, count) => {
    const weight = 1 + Math.log(count);
    const features = memory.features(term);
    for (let at = 0; at < features.length; at += 2) {
      const dim = features[at] ?? 0;
      vector[dim] = (vector[dim] ?? 0) + weight * (features[at + 1] ?? 0);
    }
  });
  return toUnit(vector);
}

function hashTerm(term: string): Features {
  const features: number[] = [];
  put(term, 1, features);
  const padded = `^${term}$`;
  const grams = padded.length - GRAM + 1;
  if (term.length >= GRAM) {
    for (let at = 0; at < grams; at++) {
      put(`#${padded.slice(at, at + GRAM)}`, GRAM_WEIGHT / Math.sqrt(grams), features);
    }
  }
  return features;
}

function put(feature: string, weight: number, out: number[]): void {
  for (let probe = 0; probe < PROBES; probe++) {
    const hash = hashOf(feature, probe);
    out.push(hash % DIMS, hash >= 0x8000_0000 ? weight : -weight);
  }
}

/** FNV-1a with a finishing mix, 32 bits. */
function hashOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1);
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function toUnit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (sum === 0) return vector;
  const factor = 1 / Math.sqrt(sum);
  return vector.map((value) => value * factor);
}
