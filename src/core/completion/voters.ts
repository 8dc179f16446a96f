import { gapOf, LINE_BREAK, packToken, type Token, wordOf } from '../text/lexer.ts';
import { BOUNDARY } from './anchor.ts';
import { type CursorSite, LIVE, type TokenSpace } from './cursorSite.ts';
import type { Locality, Match } from './matchSearch.ts';
import { Renaming } from './renaming.ts';
import { fitToSuffix, type SuffixFit } from './suffixFit.ts';
import { KEYWORD, NAME } from './wordKinds.ts';

/** A match with what it proposes. */
export interface Voter {
  readonly match: Match;
  readonly fit: SuffixFit;
  readonly words: readonly number[];
  /** Words that agree between the text after the match's line and the text below the cursor's line. */
  readonly agreement: number;
  readonly weight: number;
  /** Names of the match were exchanged for those at the cursor. */
  readonly isRenamed: boolean;
}

const COMMENT_OPENERS = new Set(['//', '/*', '*']);
const MAX_VOTERS = 256;
/** Only the strongest are tried with other names. */
const MAX_RENAMED = 96;
/** Where names differ, the line with names exchanged is the better bet; natural logarithms. */
const FOR_RENAMED = 0.3;
const FOR_RENAMABLE = -0.5;
/** Longer lines are data, not code. */
const MAX_LINE_TOKENS = 64;
const MAX_AGREEMENT = 16;

/** The best matches whose line can stand at the cursor, each with its weight, some with names exchanged as well. */
export function votersAmong(
  matches: readonly Match[],
  site: CursorSite,
  space: TokenSpace,
  path: string,
): Voter[] {
  const ranked = matches
    .map((match) => ({ match, strength: strengthOf(match, site.cursorPosition) }))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, MAX_VOTERS);
  const step = indentStep(space, site.cursorPosition - 1);
  const poll: Poll = { site, space, path, suffix: suffixWords(site), voters: [] };
  for (const { match, strength } of ranked) {
    const rest = space.restOfLine(match.next, MAX_LINE_TOKENS);
    if (rest.length === MAX_LINE_TOKENS) continue;
    if (site.isBlankPrefix && beginsComment(rest[0], space)) continue;
    if (!canFollow(rest[0], match, site, space)) continue;
    if (site.isBlankPrefix && indentStep(space, match.next - 1) !== step) continue;
    vote(poll, match, rest, strength);
  }
  return poll.voters;
}

interface Poll {
  readonly site: CursorSite;
  readonly space: TokenSpace;
  readonly path: string;
  readonly suffix: readonly number[];
  readonly voters: Voter[];
}

function vote(poll: Poll, match: Match, rest: readonly Token[], strength: number): void {
  const { site, space, voters } = poll;
  const textOf = (word: number): string => space.corpus.vocabulary.textOf(word);
  const agreement = agreementBelow(space, match.next + rest.length, site);
  const total = strength + strengthOfAgreement(agreement);
  const add = (tokens: readonly Token[], isRenamed: boolean, logWeight: number): void => {
    const fit = fitToSuffix(tokens, poll.suffix, textOf);
    if (fit === undefined) return;
    voters.push({
      match,
      fit,
      words: fit.tokens.map(wordOf),
      agreement,
      weight: Math.exp(logWeight),
      isRenamed,
    });
  };
  const renamed = voters.length < MAX_RENAMED ? renamedRest(poll, match, rest) : undefined;
  add(rest, false, total + (renamed === undefined ? 0 : FOR_RENAMABLE));
  if (renamed !== undefined) add(renamed, true, total + FOR_RENAMED);
}

/** The rest of the line with the match's names exchanged for the cursor's; undefined when none differ. */
function renamedRest(poll: Poll, match: Match, rest: readonly Token[]): Token[] | undefined {
  const { site, space } = poll;
  const renaming = renamingOf(match, site.cursorPosition - (match.isPartial ? 2 : 1), poll.path, space);
  if (renaming.isEmpty) return undefined;
  let changes = 0;
  const renamed = rest.map((token, index) => {
    const word = wordOf(token);
    if (space.corpus.kinds.of(word) !== NAME || (index === 0 && match.isPartial)) return token;
    const other = renaming.apply(word);
    if (other !== word) changes++;
    return packToken(other, gapOf(token));
  });
  return changes > 0 ? renamed : undefined;
}

/** Whether the white space around the cursor lets `first` come next. */
function canFollow(first: Token | undefined, match: Match, site: CursorSite, space: TokenSpace): boolean {
  if (first === undefined || match.isPartial || gapOf(first) > 0) return true;
  if (site.isAfterSpace) return site.isBlankPrefix;
  return site.partial === '' || space.corpus.kinds.of(wordOf(first)) < KEYWORD;
}

function suffixWords(site: CursorSite): number[] {
  return Array.from(site.tokens.subarray(site.cursor + 1, site.nextLine), wordOf);
}

/** How many words from `position` on are those from the line below the cursor on. */
function agreementBelow(space: TokenSpace, position: number, site: CursorSite): number {
  let count = 0;
  while (count < MAX_AGREEMENT) {
    const ours = wordOf(site.tokens[site.nextLine + count] ?? 0);
    if (ours === BOUNDARY || ours !== space.wordAt(position + count)) break;
    if (count === 0 && ours !== LINE_BREAK) break;
    count++;
  }
  return count;
}

/** Comments are written, not copied. */
function beginsComment(first: Token | undefined, space: TokenSpace): boolean {
  return first !== undefined && COMMENT_OPENERS.has(space.corpus.vocabulary.textOf(wordOf(first)));
}

const MAX_LOOK_BACK = 300;

/**
 * Whether a line is indented more (1), less (-1) or as much (0) as the nearest line above it that is not blank.
 * `lineBreak` is the position of the line break that begins the line.
 */
export function indentStep(space: TokenSpace, lineBreak: number): -1 | 0 | 1 {
  const own = gapOf(space.tokenAt(lineBreak));
  for (let at = lineBreak - 1; at > lineBreak - MAX_LOOK_BACK; at--) {
    const word = space.wordAt(at);
    if (word === BOUNDARY) break;
    const isBlank = space.wordAt(at + 1) === LINE_BREAK;
    if (word === LINE_BREAK && !isBlank) return Math.sign(own - gapOf(space.tokenAt(at))) as -1 | 0 | 1;
  }
  return own > 0 ? 1 : 0;
}

// How much more often a match is right, as a natural logarithm: a conditional logit fitted on masked lines of 15 npm packages:
// eslint, typeorm, msal, grpc-js, highlight.js, TypeScript's libraries, @angular/core, openai, webpack, mongoose, zod, vue, cheerio,
// undici, typescript-eslint; so that among the matches for one place the weights predict which one goes on correctly.
const FOR_EXACT = [0, 0, 1.5, 2.4, 3.5, 4.3, 4.5, 5.3, 5.8, 6, 6.3, 6.8, 7.2, 7.35, 7.5, 7.65, 7.8] as const;
const PER_EXACT_BEYOND = 0.2;
const FOR_AGREEMENT = [
  0, 0.7, 2.5, 2.8, 3.1, 3.5, 3.9, 4.2, 4.6, 4.8, 5, 5.25, 5.5, 5.6, 5.7, 5.85, 6,
] as const;
const FOR_LOCALITY: Readonly<Record<Locality, number>> = { 0: -1, 1: -1, 2: -0.3, 3: 1.6 };
const PER_DISTANCE = -0.42;
/** Tokens after which distance within a file begins to count. */
const NEAR = 20;
const PER_LOOSE = 0.09;
const FOR_FIRST_LOOSE = 0.2;
const FOR_PARTIAL = 0.4;
const PER_EXACT_PARTIAL = -0.43;

/** The logarithm of a match's vote before the text below the cursor is looked at. */
export function strengthOf(match: Match, cursorPosition: number): number {
  const exact = FOR_EXACT[match.exact] ?? 7.8 + PER_EXACT_BEYOND * (match.exact - FOR_EXACT.length + 1);
  const loose = PER_LOOSE * match.loose + FOR_FIRST_LOOSE * Math.min(match.loose, 4);
  const distance = match.next >= LIVE ? Math.log(1 + Math.abs(match.next - cursorPosition) / NEAR) : 0;
  const partial = match.isPartial ? FOR_PARTIAL + PER_EXACT_PARTIAL * Math.min(match.exact, 6) : 0;
  return exact + loose + partial + FOR_LOCALITY[match.locality] + PER_DISTANCE * distance;
}

/** What `count` agreeing words below the cursor add to it. */
export function strengthOfAgreement(count: number): number {
  return FOR_AGREEMENT[count] ?? 6;
}

const MAX_RENAMING_CONTEXT = 48;

/** How names before the match translate to those before the cursor, and the match's file name to the live file's. */
export function renamingOf(match: Match, contextEnd: number, path: string, space: TokenSpace): Renaming {
  const renaming = new Renaming(space.corpus.vocabulary);
  const { kinds } = space.corpus;
  for (let back = 0; back < MAX_RENAMING_CONTEXT; back++) {
    const theirs = space.wordAt(match.next - 1 - back);
    const ours = space.wordAt(contextEnd - back);
    if (theirs === BOUNDARY || ours === BOUNDARY) break;
    if (theirs === ours) {
      if (kinds.of(theirs) === NAME) renaming.keep(theirs);
    } else if (kinds.of(theirs) === NAME && kinds.of(ours) === NAME) renaming.addPair(theirs, ours);
    else break;
  }
  if (match.file !== undefined) renaming.addTexts(baseName(match.file.path), baseName(path));
  return renaming;
}

function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.indexOf('.', 1);
  return dot < 0 ? name : name.slice(0, dot);
}
