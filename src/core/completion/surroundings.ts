import { gapOf, LINE_BREAK, wordOf } from '../text/lexer.ts';
import type { CursorSite } from './cursorSite.ts';
import type { Match } from './matchSearch.ts';

/** What the live file says about a candidate for its line. */
export interface Surroundings {
  /** Whether the live file has the word. */
  hasWord(word: number): boolean;
  /** The next line that is not blank is indented deeper than the cursor's. */
  readonly opensBlock: boolean;
  readonly longestMatch: number;
  readonly lineEndings: LineEndings;
  /** The next line that is not blank; empty at the end of the file. */
  readonly nextText: string;
}

/** The file's line endings are learned from this many lines, found within so many characters, on either side. */
const STYLE_LINES = 300;
const STYLE_CHARACTERS = 20_000;

/** Looks around the cursor for what every candidate is compared with. `vocabularySize` bounds the ids of words. */
export function surroundingsOf(
  site: CursorSite,
  matches: readonly Match[],
  vocabularySize: number,
): Surroundings {
  const { text, offset } = site;
  const above = text
    .slice(Math.max(0, offset - STYLE_CHARACTERS), offset)
    .split('\n')
    .slice(0, -1);
  const below = text
    .slice(offset, offset + STYLE_CHARACTERS)
    .split('\n')
    .slice(1);
  const presence = new Uint8Array(vocabularySize);
  for (const token of site.tokens) presence[wordOf(token)] = 1;
  return {
    hasWord: (word) => presence[word] === 1,
    opensBlock: nextIndentation(site) > indentationOf(site.linePrefix),
    longestMatch: longestOf(matches),
    lineEndings: new LineEndings([...above.slice(-STYLE_LINES), ...below.slice(0, STYLE_LINES)]),
    nextText: below.find((line) => line.trim() !== '') ?? '',
  };
}

/** A partly typed word counts for half a word. */
function longestOf(matches: readonly Match[]): number {
  return matches.reduce((longest, match) => Math.max(longest, match.exact + (match.isPartial ? 0.5 : 0)), 0);
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

/**
 * How lines end in a file, given how the next line goes on: a style model that knows whether statements end in a
 * semicolon, blocks open with a brace and lists go on with a comma, in whatever language the file is.
 */
export class LineEndings {
  readonly #counts = new Map<string, number>();

  /** Learns from consecutive lines. */
  constructor(lines: readonly string[]) {
    let next = '';
    for (const line of lines.toReversed()) {
      if (line.trim() === '') continue;
      if (next !== '') {
        const situation = situationOf(line, next);
        this.#count(situation);
        this.#count(situation + endOf(line));
      }
      next = line;
    }
  }

  /** Logarithm of the share of lines before a `next` such as this that end like `line`. */
  fit(line: string, next: string): number {
    const situation = situationOf(line, next);
    const seen = this.#counts.get(situation) ?? 0;
    const alike = this.#counts.get(situation + endOf(line)) ?? 0;
    return Math.log((alike + 0.2) / (seen + 1));
  }

  #count(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
}

/** The step in indentation and the kind of character the next line begins with. */
function situationOf(line: string, next: string): string {
  return `${Math.sign(indentation(next) - indentation(line))}${classOf(next.trimStart().charAt(0))}`;
}

function endOf(line: string): string {
  return classOf(line.trimEnd().slice(-1));
}

function classOf(character: string): string {
  return /[\w$]/.test(character) ? 'a' : character;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}
