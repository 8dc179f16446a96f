import type { Chunker, SyntaxParser } from '../ports/chunker.ts';
import { findBlocks, type Blocks } from './blocks.ts';
import { borderCost } from './borderCost.ts';
import { fitsChunk, type ChunkSpan } from '../ports/chunkSpan.ts';
import { keepWhole } from './keepWhole.ts';
import { leastCostChunks } from './leastCostChunks.ts';
import { lineShapes, type LineShapes } from './lineShapes.ts';
import { isMarkdown, markdownBorders } from './markdownBorders.ts';
import { nestedShapes } from './nestedShapes.ts';
import { quotedLines } from './quotedLines.ts';
import { unquotedShapes } from './unquotedShapes.ts';

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
