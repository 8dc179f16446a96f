import { LineKind, type LineShapes } from './lineShapes.ts';

/**
 * The same lines, indented as deep as the syntax nests them. Lines that go on with the first line of a construct are one
 * level deeper than that, except for the bracket that ends it; constructs that begin on one line are one level together.
 *
 * @param constructs half-open ranges of UTF-16 units, flat (start, end, start, end …), outer before inner
 */
export function nestedShapes(shapes: LineShapes, constructs: ArrayLike<number>): LineShapes {
  const { starts, kinds } = shapes;
  const lineCount = kinds.length;
  const changes = new Int32Array(lineCount + 1);
  const deepened = new Uint32Array(lineCount);
  for (let at = 0; at + 1 < constructs.length; at += 2) {
    const first = lineOf(starts, constructs[at] ?? 0);
    let last = lineOf(starts, (constructs[at + 1] ?? 0) - 1);
    if (kinds[last] === LineKind.closer) last--;
    const done = Math.max(first, deepened[first] ?? 0);
    if (last <= done) continue;
    changes[done + 1] = (changes[done + 1] ?? 0) + 1;
    changes[last + 1] = (changes[last + 1] ?? 0) - 1;
    deepened[first] = last;
  }
  const indents = new Uint16Array(lineCount);
  let level = 0;
  for (let line = 0; line < lineCount; line++) {
    level += changes[line] ?? 0;
    if (kinds[line] !== LineKind.blank) indents[line] = level;
  }
  return { starts, kinds, indents, indentUnit: 1 };
}

/** Index from 0 of the line that holds an offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
