import type { VectorItem } from '../core/ports/vectors.ts';

const CHUNKS_OF_A_FILE = 20;

/** The vectors that are measured, and what makes them the same in every run. */
export interface VectorCases {
  readonly items: number;
  readonly dims: number;
  readonly seed: number;
}

/** The place of a vector in the order in which they are made, as a path and an ordinal. */
export function placeOf(at: number): Pick<VectorItem, 'path' | 'ordinal'> {
  return { path: `file${Math.floor(at / CHUNKS_OF_A_FILE)}`, ordinal: at % CHUNKS_OF_A_FILE };
}

/** The inverse of `placeOf`. */
export function rowOf({ path, ordinal }: Pick<VectorItem, 'path' | 'ordinal'>): number {
  return Number(path.slice('file'.length)) * CHUNKS_OF_A_FILE + ordinal;
}
