import type { DefinedRange, SourceText } from '../retrieval/sourceText.ts';

/** 1-based, inclusive. */
export interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}

/** Lines around a place that tell where it is; the outermost first. */
const MAX_SCOPES = 3;
/** A signature on one line may be as long as a file. */
const LONGEST_SCOPE = 120;

/**
 * The lines with the rest of the definition that they begin within, its comment included, and of the one that they end
 * within; the innermost each. Where that is more than `maxLines`, only the former, else only the latter, else as it was.
 */
export function widenToDefinition(source: SourceText, place: Lines, maxLines: number): Lines {
  const { startLine, endLine } = place;
  const begun = around(source, startLine - 1).findLast(({ textStart }) => textStart < startLine - 1);
  const cut = around(source, endLine - 1).findLast(
    ({ textStart, end }) => textStart >= startLine - 1 && end > endLine - 1,
  );
  const start = begun ? begun.textStart + 1 : startLine;
  const wholeBegun = { startLine: start, endLine: Math.max(endLine, begun ? begun.end + 1 : 0) };
  const wholeCut = { startLine, endLine: Math.max(endLine, cut ? cut.end + 1 : 0) };
  const both = { startLine: start, endLine: Math.max(wholeBegun.endLine, wholeCut.endLine) };
  return [both, wholeBegun, wholeCut].find((lines) => lines.endLine - lines.startLine < maxLines) ?? place;
}

/** The lines that begin the definitions around a line, which is none of them; outermost first. */
export function scopesAround(source: SourceText, startLine: number): readonly string[] {
  return around(source, startLine - 1)
    .filter(({ line }) => line < startLine - 1)
    .slice(-MAX_SCOPES)
    .map(({ line }) => (source.lines[line] ?? '').trim().slice(0, LONGEST_SCOPE));
}

/** The definitions that a line is a part of, outermost first. Lines are 0-based. */
function around({ definitions }: SourceText, line: number): readonly DefinedRange[] {
  return definitions.filter(({ textStart, end }) => textStart <= line && line <= end);
}
