/** What ends things and begins nothing: brackets that close, and the signs between. A blank line too. */
const CLOSING = /^[\s})\];,]*$/;

/**
 * Whether something begins on a line (0-based): it has more than closing brackets, and above it there is nothing, a blank
 * line or closing brackets only. Whoever cuts files between definitions and paragraphs cuts there, and almost nowhere a
 * line above or below.
 */
export function beginsOn(lines: readonly string[], line: number): boolean {
  const text = lines[line];
  if (text === undefined || CLOSING.test(text)) return false;
  return CLOSING.test(lines[line - 1] ?? '');
}

/** Whether a range of lines (1-based, inclusive) ends where the next thing begins or nothing but blank lines follows. */
export function endsClean(lines: readonly string[], endLine: number): boolean {
  if (endLine > lines.length) return false;
  return beginsOn(lines, endLine) || lines.slice(endLine).every((line) => line.trim() === '');
}
