import { LineKind, type LineShapes } from './lineShapes.ts';
import { Quoted } from './quotedLines.ts';

/**
 * The same lines, but those that begin inside of text say nothing by their first characters or by how deep they stand:
 * they are one level deeper than the line on which that text begins.
 *
 * @param quoted what each line begins inside of
 */
export function unquotedShapes(shapes: LineShapes, quoted: Uint8Array): LineShapes {
  const kinds = shapes.kinds.slice();
  const indents = shapes.indents.slice();
  let indent = 0;
  for (let line = 0; line < kinds.length; line++) {
    if (quoted[line] === Quoted.text) {
      kinds[line] = LineKind.text;
      indents[line] = indent + shapes.indentUnit;
    } else if (kinds[line] !== LineKind.blank) {
      if (quoted[line] === Quoted.comment) kinds[line] = LineKind.attached;
      indent = indents[line] ?? 0;
    }
  }
  return { ...shapes, kinds, indents };
}
