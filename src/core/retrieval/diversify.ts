/** So many chunks of one file may stand among the first results; a fourth helps less than another file's first. */
export const CHUNKS_A_FILE = 3;

/**
 * The first `count` of a best-first list with at most `CHUNKS_A_FILE` of one file, filled up with the ones passed
 * over when there are no others. Order is kept within each part.
 */
export function diversify<T extends { readonly path: string }>(
  hits: readonly T[],
  count: number,
): readonly T[] {
  const taken = new Map<string, number>();
  const first: T[] = [];
  const passedOver: T[] = [];
  for (const hit of hits) {
    if (first.length >= count) break;
    const ofFile = taken.get(hit.path) ?? 0;
    taken.set(hit.path, ofFile + 1);
    (ofFile < CHUNKS_A_FILE ? first : passedOver).push(hit);
  }
  return [...first, ...passedOver].slice(0, count);
}
