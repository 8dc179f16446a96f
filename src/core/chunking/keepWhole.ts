import { fitsChunk } from './chunkSpan.ts';
import type { LineShapes } from './lineShapes.ts';

/** More than two chunks cost. */
const INSIDE = 40;

/** Makes it costly to cut inside of the largest blocks that fit a chunk. Adds to `borders`. */
export function keepWhole(ends: Uint32Array, { starts }: LineShapes, borders: Float64Array): void {
  for (let line = 0; line < ends.length; line++) {
    const end = ends[line] ?? 0;
    if (end <= line) continue;
    const chars = (starts[end + 1] ?? 0) - (starts[line] ?? 0);
    if (!fitsChunk(chars, end - line + 1)) continue;
    for (line++; line <= end; line++) borders[line] = (borders[line] ?? 0) + INSIDE;
    line = end;
  }
}
