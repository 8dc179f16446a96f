import type {
  FileRecord,
  IndexSnapshot,
  StoredProjection,
  VectorSet,
  VectorSets,
} from '../../ports/indexStore.ts';
import type { EmbeddingMethod } from './embeddingMethod.ts';

/** The one thing to do next so that every chunk gets its vector. */
export type VectorStep =
  | { readonly kind: 'rest' }
  /** Give up all vectors but these: there is too little code left, or a set was begun in another way. */
  | { readonly kind: 'drop'; readonly kept: VectorSets }
  /** Begin a set to take the place of the one that serves, if there is any. */
  | { readonly kind: 'begin' }
  /** Make vectors that are pending in the set, or let the next set serve when none is. */
  | { readonly kind: 'fill'; readonly role: keyof VectorSets; readonly set: VectorSet };

/** A projection is learnt anew when this many times the chunks are there that were when it was learnt. */
const GROWTH = 2;
/** It is also learnt anew when it does not know this share of the terms of files that changed since … */
const UNKNOWN_SHARE = 0.25;
/** … and these are this share of what it was learnt for. Fewer may just be odd. */
const FOLDED_SHARE = 0.1;

/** Depends on what is committed only: whoever looks next, after a crash or in another process, goes on from there. */
export function nextStep(
  { files, vectors, complete }: Pick<IndexSnapshot, 'files' | 'vectors' | 'complete'>,
  method: Pick<EmbeddingMethod, 'id' | 'minChunks'>,
): VectorStep {
  if (!complete) return { kind: 'rest' };
  const chunks = chunkCount(files.values());
  const { serving, next } = vectors;
  if (chunks < method.minChunks / (serving ? 2 : 1)) {
    return serving || next ? { kind: 'drop', kept: {} } : { kind: 'rest' };
  }
  if (next?.method === method.id) return { kind: 'fill', role: 'next', set: next };
  if (serving?.method !== method.id || isOutgrown(serving.projection, chunks)) return { kind: 'begin' };
  if (next) return { kind: 'drop', kept: { serving } };
  return serving.pending.size > 0 ? { kind: 'fill', role: 'serving', set: serving } : { kind: 'rest' };
}

export function chunkCount(files: Iterable<FileRecord>): number {
  let count = 0;
  for (const file of files) count += file.chunkCount;
  return count;
}

function isOutgrown(projection: StoredProjection | undefined, chunks: number): boolean {
  if (projection === undefined) return false;
  const { folded } = projection;
  const isStrange = folded.unknown > folded.terms * UNKNOWN_SHARE;
  return (
    chunks >= projection.chunks * GROWTH || (isStrange && folded.chunks >= projection.chunks * FOLDED_SHARE)
  );
}
