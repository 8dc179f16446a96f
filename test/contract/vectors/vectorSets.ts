import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VectorItem } from '../../../src/core/ports/vectors.ts';
import { createHashEmbedder } from '../../support/hashEmbedder.ts';
import { seededRandom } from '../../support/seededRandom.ts';

export interface VectorSet {
  readonly dims: number;
  readonly items: readonly VectorItem[];
  readonly queries: readonly Float32Array[];
}

type Draw = () => number;

/** Numbers from 0 to below 1. */
export function fractions(seed: number): Draw {
  const random = seededRandom(seed);
  return () => random.below(2 ** 24) / 2 ** 24;
}

function setOf(count: number, dims: number, seed: number, make: (random: Draw, at: number) => Float32Array) {
  const random = fractions(seed);
  const items = Array.from({ length: count }, (_, at) => ({
    path: `src/${at % 7}/file${Math.floor(at / 3)}.ts`,
    ordinal: at % 3,
    vector: make(random, at),
  }));
  const queries = Array.from({ length: 8 }, (_, at) => make(random, at * 13));
  // A stored vector as the query, too: the best score is then as near to 1 as rounding allows.
  return { dims, items, queries: [...queries, ...items.slice(0, 2).map(({ vector }) => vector)] };
}

const noise = (random: Draw, dims: number) => Float32Array.from({ length: dims }, () => random() * 2 - 1);

const scaled = (vector: Float32Array, factor: number) => vector.map((value) => value * factor);

function clustered(random: Draw, centres: readonly Float32Array[], spread: number): Float32Array {
  const centre = centres[Math.floor(random() * centres.length)]!;
  return centre.map((value) => value + spread * (random() * 2 - 1));
}

function centresOf(count: number, dims: number): readonly Float32Array[] {
  const random = fractions(99);
  return Array.from({ length: count }, () => noise(random, dims));
}

/** Lengths from the least that single precision can hold to beyond what its squares can. */
const LENGTHS = [1e-42, 1e-30, 1e-15, 1e-3, 1, 1e3, 1e15, 1e30, 1e37];

/** Vectors that scanning rounded rows could get wrong. */
export const VECTOR_SETS: Readonly<Record<string, () => VectorSet>> = {
  random: () => setOf(1500, 48, 1, (random) => noise(random, 48)),
  'clustered, of odd dims': () => {
    const centres = centresOf(8, 45);
    return setOf(1500, 45, 2, (random) => clustered(random, centres, 0.5));
  },
  duplicates: () => {
    const centres = centresOf(5, 32);
    return setOf(900, 32, 3, (_, at) => centres[at % 5]!);
  },
  'nearly the same': () => {
    const centres = centresOf(2, 64);
    return setOf(900, 64, 4, (random) => clustered(random, centres, 1e-6));
  },
  'of every length': () =>
    setOf(900, 33, 5, (random, at) => scaled(noise(random, 33), LENGTHS[at % LENGTHS.length]!)),
  'one number outweighing the rest': () =>
    setOf(900, 40, 6, (random, at) => noise(random, 40).fill(1000, at % 2, (at % 2) + 1)),
  'a single one': () => setOf(1, 3, 7, (random) => noise(random, 3)),
};

/** The chunks of this repository's own source as an embedder sees them, and some of its lines as queries. */
export async function sourceVectors(): Promise<VectorSet> {
  const embedder = createHashEmbedder();
  const root = join(import.meta.dirname, '../../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const chunks = files.flatMap((path) =>
    cut(readFileSync(join(root, path), 'utf8')).map((text, ordinal) => ({ path, ordinal, text })),
  );
  const vectors = await embedder.embed(chunks.map(({ text }) => text));
  const items = chunks.map(({ path, ordinal }, at) => ({ path, ordinal, vector: vectors[at]! }));
  const lines = chunks.filter((_, at) => at % 50 === 0).map(({ text }) => text.split('\n')[0] ?? '');
  const queries = await embedder.embed(lines);
  const isSomething = (vector: Float32Array) => vector.some((value) => value !== 0);
  return {
    dims: embedder.dims,
    items: items.filter(({ vector }) => isSomething(vector)),
    queries: queries.filter(isSomething),
  };
}

function cut(text: string): readonly string[] {
  const lines = text.split('\n');
  return Array.from({ length: Math.ceil(lines.length / 20) }, (_, at) =>
    lines.slice(at * 20, at * 20 + 20).join('\n'),
  );
}
