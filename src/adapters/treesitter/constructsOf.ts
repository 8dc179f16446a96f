import type { Node } from 'web-tree-sitter';

/** Whether a construct may stay in one piece. */
export type Fits = (chars: number, lines: number) => boolean;

/**
 * The constructs below a node that span lines, as `SyntaxParser.constructs` wants them. Looks only into those that do not
 * fit: each look at a node is a call into WebAssembly, and the many small ones are what a tree consists of.
 */
export function constructsOf(root: Node, text: string, fits: Fits): readonly number[] {
  const found: number[] = [];
  const large = [root];
  for (let node = large.pop(); node; node = large.pop()) {
    for (const child of node.children) {
      const { startIndex: start, endIndex: end } = child;
      const lineEnd = text.indexOf('\n', start);
      if (lineEnd < 0) break;
      if (lineEnd >= end) continue;
      // The lines of large constructs in large ones are not counted over and over.
      const isSmall = fits(end - start, 2) && fits(end - start, countLines(text, lineEnd, end));
      if (isSmall || beginsByItself(child)) found.push(start, end);
      if (!isSmall) large.push(child);
    }
  }
  return found;
}

/** A list of statements, or a call, begins with what is in it. It adds no level of nesting. */
function beginsByItself(node: Node): boolean {
  return !node.isError && !(node.firstChild?.isNamed ?? false);
}

function countLines(text: string, firstLineEnd: number, end: number): number {
  let lines = 1;
  for (let at = firstLineEnd; at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
