import { gapOf, LINE_BREAK, wordOf } from '../text/lexer.ts';
import type { CursorSite } from './cursorSite.ts';
import { LineEndings } from './lineEndings.ts';
import type { Match } from './matchSearch.ts';

/** What the live file says about a candidate for its line. */
export interface Surroundings {
  hasWord(word: number): boolean;
  /** All lines, trimmed. */
  readonly lines: ReadonlySet<string>;
  readonly nearbyText: string;
  /** The next line that is not blank is indented deeper than the cursor's. */
  readonly opensBlock: boolean;
  readonly longestMatch: number;
  readonly lineEndings: LineEndings;
  /** The next line that is not blank; empty at the end of the file. */
  readonly nextText: string;
}

const NEARBY = 400;
/** The file's habits are learned from this many lines on either side. */
const STYLE_LINES = 300;
/** Lines are taken from this far around the cursor. */
const FAR = 20_000;

export function surroundingsOf(
  site: CursorSite,
  matches: readonly Match[],
  vocabularySize: number,
): Surroundings {
  const present = new Uint8Array(vocabularySize);
  for (const token of site.tokens) present[wordOf(token)] = 1;
  const above = site.text
    .slice(Math.max(0, site.offset - FAR), site.offset)
    .split('\n')
    .slice(0, -1);
  const below = site.text
    .slice(site.offset, site.offset + FAR)
    .split('\n')
    .slice(1);
  return {
    hasWord: (word) => present[word] === 1,
    lines: new Set([...above, ...below].map((line) => line.trim())),
    nearbyText: site.text.slice(Math.max(0, site.offset - NEARBY), site.offset + NEARBY),
    opensBlock: nextIndentation(site) > indentationOf(site.linePrefix),
    lineEndings: new LineEndings([...above.slice(-STYLE_LINES), ...below.slice(0, STYLE_LINES)]),
    nextText: below.find((line) => line.trim() !== '') ?? '',
    longestMatch: matches.reduce(
      (longest, match) => Math.max(longest, match.exact + (match.isPartial ? 0.5 : 0)),
      0,
    ),
  };
}

function nextIndentation(site: CursorSite): number {
  const end = site.tokens.length - 1;
  let at = site.nextLine;
  while (at + 1 < end && wordOf(site.tokens[at + 1] ?? 0) === LINE_BREAK) at++;
  return at < end ? gapOf(site.tokens[at] ?? 0) & 0x7f : 0;
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}
