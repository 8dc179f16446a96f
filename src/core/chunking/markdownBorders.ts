import { LineKind, type LineShapes } from './lineShapes.ts';

const BEFORE_PARAGRAPH = 8;
const BELOW_HEADING = 30;
const INSIDE_PARAGRAPH = 20;
const INSIDE_FENCE = 30;
const HEADING = /(#{1,6})(?:[ \t]|$)/my;
const FENCE = /[ \t]*(`{3,}|~{3,})/y;

export function isMarkdown(path: string): boolean {
  return /\.(?:md|markdown|mdx)$/i.test(path);
}

/**
 * Costs of cuts in Markdown: cheapest above headings, the higher the better, then between paragraphs. A heading stays
 * with what follows, and fenced code is kept whole if it can be. See https://spec.commonmark.org/0.31.2/.
 */
export function markdownBorders(text: string, { starts, kinds }: LineShapes): Float64Array {
  const borders = new Float64Array(kinds.length + 1);
  let fence: string | undefined;
  let isBelowHeading = false;
  for (let line = 0; line < kinds.length; line++) {
    const start = starts[line] ?? 0;
    const mark = fenceAt(text, start);
    const level = fence === undefined ? headingLevel(text, start) : 0;
    const isBlank = kinds[line] === LineKind.blank;
    if (fence !== undefined) borders[line] = INSIDE_FENCE;
    else if (isBelowHeading) borders[line] = BELOW_HEADING;
    else if (level > 0) borders[line] = level - 1;
    else borders[line] = !isBlank && kinds[line - 1] === LineKind.blank ? BEFORE_PARAGRAPH : INSIDE_PARAGRAPH;
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence)) fence = undefined;
    if (!isBlank || level > 0) isBelowHeading = level > 0;
  }
  return borders;
}

function headingLevel(text: string, start: number): number {
  HEADING.lastIndex = start;
  return HEADING.exec(text)?.[1]?.length ?? 0;
}

function fenceAt(text: string, start: number): string | undefined {
  FENCE.lastIndex = start;
  return FENCE.exec(text)?.[1];
}
