import { IMPORT, type Excerpt } from '../retrieval/excerpt.ts';
import type { SourceText } from '../retrieval/sourceText.ts';

const LINES_BEFORE = 2;
const LINES_AFTER = 4;

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
    const around = source.definitions.findLast(
      (definition) => definition.line <= line && line <= definition.end,
    );
    const start = Math.max(line - LINES_BEFORE, around?.line ?? 0);
    const end = Math.min(line + LINES_AFTER, around?.end ?? source.lines.length - 1);
    return { startLine: start + 1, endLine: Math.max(end, line) + 1, definition: around, coverage: 1 };
  }
  return undefined;
}

function isUse(source: SourceText, line: number, name: string): boolean {
  return (
    (source.lines[line] ?? '').includes(name) &&
    source.words(line).includes(name) &&
    !IMPORT.test(source.lines[line] ?? '') &&
    !source.definitions.some((definition) => definition.line === line && definition.name === name)
  );
}
