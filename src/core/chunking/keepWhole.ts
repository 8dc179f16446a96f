import type { Blocks } from './blocks.ts';
import { fitsChunk } from '../ports/chunkSpan.ts';
import type { LineShapes } from './lineShapes.ts';

/** More than two chunks cost. */
const INSIDE = 40;

/** Makes it costly to cut inside of the largest blocks that fit a chunk. Adds to `borders`. */
export function keepWhole({ ends, partEnds }: Blocks, { starts }: LineShapes, borders: Float64Array): void {
  const fits = (line: number, end: number) =>
    end > line && fitsChunk((starts[end + 1] ?? 0) - (starts[line] ?? 0), end - line + 1);
  for (let line = 0; line < ends.length; line++) {
    const end = [ends[line] ?? 0, partEnds[line] ?? 0].find((each) => fits(line, each));
    if (end === undefined) continue;
    for (line++; line <= end; line++) borders[line] = (borders[line] ?? 0) + INSIDE;
    // The line that ends one part of a block may begin the next.
    line = end - 1;
  }
}
