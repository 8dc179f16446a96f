import type { Chunker, SyntaxParser } from '../ports.ts';
import { findBlocks } from './blocks.ts';
import { borderCost } from './borderCost.ts';
import { fitsChunk, type ChunkSpan } from './chunkSpan.ts';
import { keepWhole } from './keepWhole.ts';
import { leastCostChunks } from './leastCostChunks.ts';
import { lineShapes, type LineShapes } from './lineShapes.ts';
import { isMarkdown, markdownBorders } from './markdownBorders.ts';
import { nestedShapes } from './nestedShapes.ts';

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
 * in formatted code, for every language alike, ten times as fast as a parser. A parser is asked where brackets contradict
 * indentation, and for languages in which it is known to do better.
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

function codeBorders({ path, text, shapes, parser }: Code): Float64Array {
  const blocks = findBlocks(text, shapes);
  const isEnough = (blocks.isPlain && !ALWAYS_PARSED.test(path)) || NEVER_PARSED.test(path);
  const nested = isEnough ? undefined : parsedShapes({ path, text, shapes, parser });
  const used = nested ?? shapes;
  const borders = new Float64Array(used.kinds.length + 1);
  for (let line = 1; line < used.kinds.length; line++) borders[line] = borderCost(used, line);
  keepWhole(nested ? findBlocks(text, nested).ends : blocks.ends, used, borders);
  return borders;
}

function parsedShapes({ path, text, shapes, parser }: Code): LineShapes | undefined {
  const meanLine = text.length / shapes.kinds.length;
  if (text.length > MAX_PARSED_CHARS || meanLine > MAX_PARSED_MEAN_LINE) return undefined;
  const constructs = parser?.constructs(path, text, fitsChunk);
  return constructs && nestedShapes(text, shapes, constructs);
}
