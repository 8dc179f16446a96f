// @ts-check
import { linesOfConstructs } from '../../../src/bench/linesOfConstructs.ts';

/** @import { Piece } from './chunker.mjs' */

/** What fits a piece of every chunker here. */
const SMALL_CHARS = 1000;
const SMALL_LINES = 60;

/** @typedef {{ readonly path: string, readonly text: string, readonly pieces: readonly Piece[] }} CutFile */

/**
 * Of the constructs that could be in one piece of any chunker, the share that are; and of the lines with signs on them, the share
 * that is in no piece.
 *
 * @param {readonly CutFile[]} files
 * @param {(path: string, text: string, fits: (chars: number, lines: number) => boolean) => ArrayLike<number>} constructsOf
 */
export function judge(files, constructsOf) {
  let [constructs, kept, lines, missing, pieceCount] = [0, 0, 0, 0, 0];
  for (const { path, text, pieces } of files) {
    const rows = text.split('\n');
    for (const { startLine, endLine } of linesOfConstructs(
      text,
      constructsOf(path, text, isSmall),
      isSmall,
    )) {
      // A piece may begin and end within a line, but what is between must be there.
      const inside = rows.slice(startLine, endLine - 1).join('\n');
      constructs++;
      if (pieces.some((piece) => covers(piece, startLine, endLine) && piece.text.includes(inside))) kept++;
    }
    for (const [at, row] of rows.entries()) {
      const signs = row.trim();
      if (signs === '') continue;
      lines++;
      if (!pieces.some((piece) => covers(piece, at + 1, at + 1) && piece.text.includes(signs))) missing++;
    }
    pieceCount += pieces.length;
  }
  return {
    pieces: pieceCount,
    constructs,
    keptWhole: kept / Math.max(1, constructs),
    linesMissing: missing / Math.max(1, lines),
  };
}

/** @param {number} chars @param {number} lines */
function isSmall(chars, lines) {
  return chars <= SMALL_CHARS && lines <= SMALL_LINES;
}

/** @param {Piece} piece @param {number} startLine @param {number} endLine */
function covers(piece, startLine, endLine) {
  return piece.startLine <= startLine && endLine <= piece.endLine;
}
