import type { Node } from 'web-tree-sitter';

const ANNOTATION_SIGNS = '@[';
const ANNOTATION = /annotation|attribute_list|decorator/;

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
      if (isSmall || beginsByItself(child)) pushConstruct(found, child, text);
      if (!isSmall) large.push(child);
    }
  }
  return found;
}

/** What stands below annotations begins at the line with its name; the annotations are a construct of their own. */
function pushConstruct(found: number[], node: Node, text: string): void {
  const { startIndex: start, endIndex: end } = node;
  const annotationsEnd = ANNOTATION_SIGNS.includes(text.charAt(start)) ? endOfAnnotations(node) : start;
  if (annotationsEnd === start) found.push(start, end);
  else
    found.push(start, annotationsEnd, annotationsEnd + text.slice(annotationsEnd, end).search(/\S|$/), end);
}

/** Where the annotations that a node begins with end; where the node begins when there are none. */
function endOfAnnotations(node: Node): number {
  let end = node.startIndex;
  for (const part of node.children) {
    if (part.type === 'modifiers') {
      end = endOfAnnotations(part);
      if (end < part.endIndex) return end;
    } else if (ANNOTATION.test(part.type)) end = part.endIndex;
    else return end;
  }
  return end;
}

/** A list of statements, or a call, begins with what is in it. It adds no level of nesting. An element of HTML does. */
function beginsByItself(node: Node): boolean {
  if (node.isError) return false;
  const first = node.firstChild;
  return !first?.isNamed || first.type === 'start_tag';
}

function countLines(text: string, firstLineEnd: number, end: number): number {
  let lines = 1;
  for (let at = firstLineEnd; at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
