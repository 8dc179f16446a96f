import type { VectorHit } from '../ports/vectors.ts';
import type { SearchLeg } from './hit.ts';
import type { ChunkHit } from './lexicalIndex.ts';

/**
 * What the dense leg's best hit is worth beside the lexical leg's, which is worth 1: enough to order what words leave
 * equal and to fill up where they find little. More does harm, as vectors of whole chunks blur what each of their
 * definitions is about: from doc comments to definitions of eleven packages, the mean reciprocal rank is .468 without
 * them and .465 at 0.1. See `docs/decisions/2026-11-21-ranking.md`.
 */
export const DENSE_WEIGHT = 0.01;
/**
 * Dense hits below this share of the best one's similarity are noise: there is always a nearest vector. A relative
 * cut, as similarities of different embedders are not comparable.
 */
export const DENSE_CUT = 0.65;

export interface FusedChunk {
  readonly path: string;
  readonly ordinal: number;
  readonly score: number;
  /** The legs' own scores, before normalisation. */
  readonly legs: Readonly<Partial<Record<SearchLeg, number>>>;
}

/** What each leg's best hit is worth; a leg of weight 0 is left out. */
export interface FusionWeights {
  readonly lexical: number;
  readonly dense: number;
}

/**
 * Joins two best-first lists into one, best first. Each leg's scores are stretched to 0…1 and added with
 * the leg's weight; scores tell how much better a hit is than the next, which ranks (reciprocal rank fusion) do not.
 */
export function fuse(
  lexical: readonly ChunkHit[],
  dense: readonly VectorHit[],
  weights: FusionWeights = { lexical: 1, dense: DENSE_WEIGHT },
): readonly FusedChunk[] {
  const fused = new Map<string, FusedChunk>();
  const best = dense[0]?.score ?? 0;
  add('lexical', weights.lexical, lexical, 0, fused);
  const close = dense.filter((hit) => hit.score > 0 && hit.score >= best * DENSE_CUT);
  add('dense', weights.dense, close, best * DENSE_CUT, fused);
  return [...fused.values()].sort(
    (a, b) => b.score - a.score || compare(a.path, b.path) || a.ordinal - b.ordinal,
  );
}

function add(
  leg: SearchLeg,
  weight: number,
  hits: readonly ChunkHit[],
  floor: number,
  fused: Map<string, FusedChunk>,
): void {
  if (weight === 0) return;
  const best = hits[0]?.score ?? 0;
  for (const { path, ordinal, score } of hits) {
    const key = `${ordinal}/${path}`;
    const before = fused.get(key);
    const share = best > floor ? (score - floor) / (best - floor) : 1;
    fused.set(key, {
      path,
      ordinal,
      score: (before?.score ?? 0) + weight * share,
      legs: { ...before?.legs, [leg]: score },
    });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
