import type { Place } from './evalCase.ts';

const MOST_LINES = 10;
const LONGEST_LINE = 120;

/** The first lines of a place as a report shows them, without blank ones at its ends and cut where they are long. */
export function codeSnippet(lines: readonly string[], { startLine, endLine }: Omit<Place, 'path'>): string {
  const all = lines.slice(startLine - 1, endLine);
  const first = all.findIndex((line) => line.trim() !== '');
  if (first < 0) return '';
  const shown = all.slice(first, first + MOST_LINES);
  const indent = Math.min(...shown.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const isCut = all.slice(first + MOST_LINES).some((line) => line.trim() !== '');
  const text = shown.map((line) => shortened(line.slice(indent).trimEnd())).join('\n');
  return `${text.trimEnd()}${isCut ? '\n…' : ''}`;
}

function shortened(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line;
}
