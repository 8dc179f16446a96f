import { LineKind, type LineShapes } from './lineShapes.ts';

const SPACE = 32;

/**
 * The same lines, indented as deep as the syntax nests them. Lines that go on with the first line of a construct are one
 * level deeper than that, except for the bracket that ends it; constructs that begin on one line are one level together.
 *
 * @param constructs half-open ranges of UTF-16 units, flat (start, end, start, end …), outer before inner
 */
export function nestedShapes(text: string, shapes: LineShapes, constructs: ArrayLike<number>): LineShapes {
  const { starts, kinds } = shapes;
  const lineCount = kinds.length;
  const changes = new Int32Array(lineCount + 1);
  const deepened = new Uint32Array(lineCount);
  for (let at = 0; at + 1 < constructs.length; at += 2) {
    const last = lastNested(text, shapes, constructs[at + 1] ?? 0);
    const first = lineOf(starts, constructs[at] ?? 0);
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

/**
 * The last line that is nested: not the bracket that ends a construct; nor comments below it, where a grammar counts them
 * and the space after them to what is above.
 */
function lastNested(text: string, { starts, kinds }: LineShapes, end: number): number {
  let last = lineOf(starts, end - 1);
  if (kinds[last] === LineKind.closer) return last - 1;
  if (text.charCodeAt(end - 1) > SPACE) return last;
  while (last > 0 && (kinds[last] === LineKind.blank || kinds[last] === LineKind.attached)) last--;
  return last;
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
