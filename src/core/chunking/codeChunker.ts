import {
  type Chunker,
  type ChunkSpan,
  fitsChunk,
  MAX_CHUNK_CHARS,
  MAX_CHUNK_LINES,
  type SyntaxParser,
} from '../ports/chunker.ts';
import { type Blocks, findBlocks } from './blocks.ts';
import { LineKind, lineShapes, type LineShapes } from './lineShapes.ts';
import { nestedShapes } from './nestedShapes.ts';
import { Quoted, quotedLines } from './quotedLines.ts';

/** Longer texts are generated or data; parsing them would take a second and more. */
const MAX_PARSED_CHARS = 1_000_000;
/** With lines this long on average there are hardly any borders to choose from. */
const MAX_PARSED_MEAN_LINE = 300;
/** Where indentation is the syntax, a parser can only do worse. */
const NEVER_PARSED = /\.py[iw]?$/i;
/** Heads of functions over several lines, braces at any depth, directives; elements at one depth with what is in them. */
const ALWAYS_PARSED = /\.(?:[ch]|cc|cpp|cxx|hh|hpp|hxx|tcc|inl|html?)$/i;

/**
 * Cuts texts into chunks that tile them, keeping together what is nested below one line and fits. Indentation tells that
 * in formatted code, for every language alike, ten times as fast as a parser. Where brackets contradict indentation, the
 * text of strings is left out of account, if that can be told without a parser; a parser is asked where they still do, and
 * for languages in which it is known to do better.
 */
export function createCodeChunker(parser?: SyntaxParser): Chunker {
  return {
    chunk(path, text) {
      const shapes = lineShapes(text);
      const lineCount = shapes.kinds.length;
      if (lineCount === 0) return [];
      if (fitsChunk(text.length, lineCount)) return [wholeText(text, lineCount)];
      if (isMarkdown(path)) return leastCostChunks(shapes.starts, markdownBorders(text, shapes));
      return leastCostChunks(shapes.starts, codeBorders({ path, text, shapes, parser }));
    },
  };
}

interface Code {
  readonly path: string;
  readonly text: string;
  readonly shapes: LineShapes;
  readonly parser: SyntaxParser | undefined;
}

function wholeText(text: string, lineCount: number): ChunkSpan {
  return { startLine: 1, endLine: lineCount, startOffset: 0, endOffset: text.length };
}

function codeBorders(code: Code): Float64Array {
  const [shapes, blocks] = nesting(code);
  const borders = new Float64Array(shapes.kinds.length + 1);
  for (let line = 1; line < shapes.kinds.length; line++) borders[line] = borderCost(shapes, line);
  keepWhole(blocks, shapes, borders);
  return borders;
}

/** How the lines are nested, by the cheapest means that does not contradict itself. */
function nesting({ path, text, shapes, parser }: Code): readonly [LineShapes, Blocks] {
  const asIndented = nestingOf(text, shapes);
  if (NEVER_PARSED.test(path)) return asIndented;
  const isAlwaysParsed = ALWAYS_PARSED.test(path);
  if (asIndented[1].isPlain && !isAlwaysParsed) return asIndented;
  const quoted = quotedLines(path, text, shapes.starts);
  const unquoted = quoted ? nestingOf(text, unquotedShapes(shapes, quoted)) : asIndented;
  if (unquoted[1].isPlain && !isAlwaysParsed) return unquoted;
  const nested = parsedShapes({ path, text, shapes, parser });
  return nested ? nestingOf(text, nested) : unquoted;
}

function nestingOf(text: string, shapes: LineShapes): readonly [LineShapes, Blocks] {
  return [shapes, findBlocks(text, shapes)];
}

function parsedShapes({ path, text, shapes, parser }: Code): LineShapes | undefined {
  const meanLine = text.length / shapes.kinds.length;
  if (text.length > MAX_PARSED_CHARS || meanLine > MAX_PARSED_MEAN_LINE) return undefined;
  const constructs = parser?.constructs(path, text, fitsChunk);
  return constructs && nestedShapes(text, shapes, constructs);
}

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
function borderCost({ kinds, indents, indentUnit }: LineShapes, line: number): number {
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

/** More than two chunks cost. */
const INSIDE = 40;

/** Makes it costly to cut inside of the largest blocks that fit a chunk. Adds to `borders`. */
function keepWhole({ ends, partEnds }: Blocks, { starts }: LineShapes, borders: Float64Array): void {
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

const COMFORTABLE_CHARS = 1500;
const SMALL_CHARS = 300;
const PER_CHUNK = 16;
const PER_CHAR_TOO_FEW = 6 / SMALL_CHARS;
const PER_CHAR_TOO_MANY = 1 / 250;

/**
 * Among all ways to cut lines into chunks under the caps takes one of least cost, by dynamic programming: every border
 * costs what `borders` says, every chunk costs something, and more when it is too small or too big.
 *
 * @param starts offset of each line's first character; one more entry at the end holds the text's length
 * @param borders cost of a cut just above each line
 */
function leastCostChunks(starts: readonly number[], borders: Float64Array): readonly ChunkSpan[] {
  const lineCount = starts.length - 1;
  const costs = new Float64Array(lineCount + 1);
  const chunkStarts = new Uint32Array(lineCount + 1);
  for (let end = 1; end <= lineCount; end++) {
    const endOffset = starts[end] ?? 0;
    let best = Infinity;
    for (let start = end - 1; start >= 0 && end - start <= MAX_CHUNK_LINES; start--) {
      const chars = endOffset - (starts[start] ?? 0);
      if (chars > MAX_CHUNK_CHARS && start < end - 1) break;
      const cost = (costs[start] ?? 0) + (borders[start] ?? 0) + sizeCost(chars);
      if (cost > best) continue;
      best = cost;
      chunkStarts[end] = start;
    }
    costs[end] = best;
  }
  return spansOf(chunkStarts, starts);
}

function sizeCost(chars: number): number {
  if (chars < SMALL_CHARS) return PER_CHUNK + (SMALL_CHARS - chars) * PER_CHAR_TOO_FEW;
  if (chars <= COMFORTABLE_CHARS) return PER_CHUNK;
  return PER_CHUNK + (chars - COMFORTABLE_CHARS) * PER_CHAR_TOO_MANY;
}

function spansOf(chunkStarts: Uint32Array, starts: readonly number[]): readonly ChunkSpan[] {
  const spans: ChunkSpan[] = [];
  let end = starts.length - 1;
  while (end > 0) {
    const start = chunkStarts[end] ?? 0;
    const startOffset = starts[start] ?? 0;
    const endOffset = starts[end] ?? 0;
    spans.push({ startLine: start + 1, endLine: end, startOffset, endOffset });
    end = start;
  }
  return spans.reverse();
}

const BEFORE_PARAGRAPH = 8;
const BELOW_HEADING = 30;
const INSIDE_PARAGRAPH = 20;
const INSIDE_FENCE = 30;
const HEADING = /(#{1,6})(?:[ \t]|$)/my;
const FENCE = /(?<![ \t])[ \t]*(`{3,}|~{3,})/y;

function isMarkdown(path: string): boolean {
  return /\.(?:md|markdown|mdx)$/i.test(path);
}

/**
 * Costs of cuts in Markdown: cheapest above headings, the higher the better, then between paragraphs. A heading stays
 * with what follows, and fenced code is kept whole if it can be. See https://spec.commonmark.org/0.31.2/.
 */
function markdownBorders(text: string, { starts, kinds }: LineShapes): Float64Array {
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

/**
 * The same lines, but those that begin inside of text say nothing by their first characters or by how deep they stand:
 * they are one level deeper than the line on which that text begins.
 *
 * @param quoted what each line begins inside of
 */
function unquotedShapes(shapes: LineShapes, quoted: Uint8Array): LineShapes {
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
