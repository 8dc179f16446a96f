import { IMPORT, type Excerpt } from '../retrieval/excerpt.ts';
import type { SourceText } from '../retrieval/sourceText.ts';

const LINES_BEFORE = 2;
const LINES_AFTER = 4;
const SHORT_LINES = 12;

/**
 * The lines around the first place within `range` (1-based, inclusive) that uses `name` other than by defining or
 * importing it.
 */
export function usageExcerpt(
  source: SourceText,
  range: { readonly startLine: number; readonly endLine: number },
  name: string,
): Excerpt | undefined {
  const last = Math.min(range.endLine, source.lines.length) - 1;
  for (let line = range.startLine - 1; line <= last; line++) {
    if (!isUse(source, line, name)) continue;
    return { ...linesAround(source, line), coverage: 1 };
  }
  return undefined;
}

/** All of a short definition around the line, or a few lines of a long one. */
function linesAround(source: SourceText, line: number): Omit<Excerpt, 'coverage'> {
  const definition = source.definitions.findLast((other) => other.line <= line && line <= other.end);
  const first = definition?.line ?? 0;
  const last = definition?.end ?? source.lines.length - 1;
  const isShort = definition !== undefined && last - first < SHORT_LINES;
  return {
    startLine: (isShort ? first : Math.max(first, line - LINES_BEFORE)) + 1,
    endLine: (isShort ? last : Math.min(last, line + LINES_AFTER)) + 1,
    definition,
  };
}

function isUse(source: SourceText, line: number, name: string): boolean {
  return (
    (source.lines[line] ?? '').includes(name) &&
    source.words(line).includes(name) &&
    !IMPORT.test(source.lines[line] ?? '') &&
    !source.definitions.some((definition) => definition.line === line && definition.name === name)
  );
}
