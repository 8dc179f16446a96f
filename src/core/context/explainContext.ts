import { greatest } from '../shared/greatest.ts';
import type { SearchHit, SearchLeg } from '../retrieval/hit.ts';
import type { Context, DropReason, LegPlace } from './contextSource.ts';
import { splitLines } from '../text/lines.ts';
import { escapeMarkdown, inlineCodeInTable } from '../text/markdownText.ts';

const LEGS: Readonly<Record<SearchLeg, string>> = {
  mention: 'named',
  lexical: 'words',
  dense: 'vectors',
  symbol: 'symbols',
  recent: 'recent',
  modified: 'changed',
};

const ORDER = Object.keys(LEGS) as readonly SearchLeg[];

const REASONS: Readonly<Record<DropReason, string>> = {
  contained: 'lies within a place above',
  ignored: 'is left out by the rules as they are now',
  crowded: 'goes to the end: enough of this file above',
};

/** Markdown for a person who wants to know why these places were found and others were not. */
export function explainContext(
  question: string,
  { hits, trace }: Context<SearchHit>,
  rankedBy: string | undefined,
): string {
  return [
    `# How the places for a question are found`,
    quoted(question),
    'Under the name of a leg is what it gave, before scaling; the score is the sum after it. A leg whose field is empty did not find the place; one without a column found none of them.',
    rankedBy === undefined
      ? 'The order is that of the sums.'
      : `${escapeMarkdown(rankedBy)} has put the first of them into order by reading them.`,
    placesTable(hits),
    '## Left out or moved down',
    trace.dropped.length === 0
      ? 'Nothing.'
      : table(
          ['place', 'why'],
          trace.dropped.map((dropped) => [placeOf(dropped), REASONS[dropped.reason]]),
        ),
    '## Time',
    table(
      ['leg', 'found', 'milliseconds'],
      trace.sources
        // Files that are known already take no time to find.
        .filter(({ source }) => source !== 'recent' && source !== 'modified')
        .toSorted((a, b) => (a.source < b.source ? -1 : 1))
        .map(({ source, found, elapsedMs }) => [
          source === 'search' ? 'words and vectors' : LEGS[source],
          `${found}`,
          `${elapsedMs}`,
        ]),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function quoted(question: string): string {
  return splitLines(question)
    .map((line) => `> ${escapeMarkdown(line)}`)
    .join('\n');
}

function placeOf({ path, startLine, endLine }: LegPlace): string {
  return inlineCodeInTable(`${path}:${startLine}-${endLine}`);
}

/** Columns for the legs that found any of the places: with all of them, its lines would not fit an editor. */
function placesTable(hits: readonly SearchHit[]): string {
  const legs = ORDER.filter((leg) => hits.some((hit) => hit.legs[leg] !== undefined));
  return table(
    ['', 'place', 'score', ...legs.map((leg) => LEGS[leg])],
    hits.map((hit, at) => [
      `${at + 1}`,
      placeOf(hit),
      number(hit.score),
      ...legs.map((leg) => number(hit.legs[leg])),
    ]),
  );
}

function number(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(3);
}

/** Columns of equal width, so that it reads well as text, too. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    greatest(
      [head, ...rows].map((row) => row[column]?.length ?? 0),
      3,
    ),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
