import type { Place } from './evalCase.ts';

const MAX_LINES = 10;
const LONGEST_LINE = 120;

/** Stands for lines that were hidden from the index. */
const HIDDEN = '⋯ hidden';

/**
 * The first lines of a place as a report shows them, without blank ones at its ends and cut where they are long. What was
 * hidden from the index, by 1-based line, is left out: it is no reason why a place should have been found.
 */
export function codeSnippet(
  lines: readonly string[],
  { startLine, endLine }: Omit<Place, 'path'>,
  isHidden: (line: number) => boolean = () => false,
): string {
  const all = lines.slice(startLine - 1, endLine).flatMap((line, at) => {
    if (!isHidden(startLine + at)) return [line];
    return isHidden(startLine + at - 1) && at > 0 ? [] : [line.replace(/\S.*/, HIDDEN)];
  });
  const first = all.findIndex((line) => line.trim() !== '');
  if (first < 0) return '';
  const shown = all.slice(first, first + MAX_LINES);
  const indent = shown.reduce(
    (least, line) => (line.trim() === '' ? least : Math.min(least, line.search(/\S/))),
    Infinity,
  );
  const isCut = all.slice(first + MAX_LINES).some((line) => line.trim() !== '');
  const text = shown.map((line) => shortened(line.slice(indent).trimEnd())).join('\n');
  return `${text.trimEnd()}${isCut ? '\n…' : ''}`;
}

function shortened(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line;
}
