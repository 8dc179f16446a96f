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

/** What one source found. */
export interface FoundChunks {
  readonly name: SearchLeg;
  /** Best first. */
  readonly hits: readonly ChunkHit[];
  /** What its best hit is worth beside that of a source of weight 1; one of weight 0 is left out. */
  readonly weight: number;
  /** Its hits below this share of the best one's score are noise, and so are those of no score; none are when absent. */
  readonly cut?: number;
}

/**
 * Joins best-first lists into one, best first. Each source's scores are stretched to 0…1, from its cut on, and added with
 * the source's weight; scores tell how much better a hit is than the next, which ranks (reciprocal rank fusion) do not.
 */
export function fuse(found: readonly FoundChunks[]): readonly FusedChunk[] {
  const fused = new Map<string, FusedChunk>();
  for (const source of found) if (source.weight !== 0) add(source, fused);
  return [...fused.values()].sort(
    (a, b) => b.score - a.score || compare(a.path, b.path) || a.ordinal - b.ordinal,
  );
}

function add({ name, hits, weight, cut }: FoundChunks, fused: Map<string, FusedChunk>): void {
  const best = hits[0]?.score ?? 0;
  const floor = cut === undefined ? 0 : best * cut;
  for (const { path, ordinal, score } of hits) {
    if (cut !== undefined && !(score > 0 && score >= floor)) continue;
    const key = `${ordinal}/${path}`;
    const before = fused.get(key);
    const share = best > floor ? (score - floor) / (best - floor) : 1;
    fused.set(key, {
      path,
      ordinal,
      score: (before?.score ?? 0) + weight * share,
      legs: { ...before?.legs, [name]: score },
    });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
