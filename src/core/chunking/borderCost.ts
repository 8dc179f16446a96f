import { LineKind, type LineShapes } from './lineShapes.ts';

const MAX_DEPTH = 6;
const PER_LEVEL = 2;
const INSIDE_BLANK = 8;
const FROM_COMMENT = 10;
const BEFORE_CLOSER = 6;
const INTO_BLOCK = 3;
const AFTER_CODE = 3;
const AFTER_CLOSER = 1;

/**
 * How bad it is to cut just above `line` (an index from 1): 0 for a declaration at the margin after a blank line.
 * Blank lines stay with what is above them, comments and decorators with what is below.
 */
export function borderCost({ kinds, indents, indentUnit }: LineShapes, line: number): number {
  const kind = kinds[line];
  if (kind === LineKind.blank) return INSIDE_BLANK;
  const indent = indents[line] ?? 0;
  const above = kinds[line - 1];
  const indentAbove = indents[line - 1] ?? 0;
  let cost = Math.min(indent / indentUnit, MAX_DEPTH) * PER_LEVEL;
  if (kind === LineKind.closer) cost += BEFORE_CLOSER;
  if (above === LineKind.blank) return cost;
  if (above === LineKind.attached) return cost + FROM_COMMENT;
  if (indent > indentAbove) cost += INTO_BLOCK;
  return cost + (above === LineKind.closer && indent === indentAbove ? AFTER_CLOSER : AFTER_CODE);
}
