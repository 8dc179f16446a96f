import { gapOf, LINE_BREAK, packToken, wordOf, type Token } from '../text/lexer.ts';
import { BOUNDARY } from './anchor.ts';
import type { CursorSite } from './cursorSite.ts';
import { indentStep } from './indentStep.ts';
import type { Match } from './matchSearch.ts';
import { strengthOf, strengthOfAgreement } from './matchStrength.ts';
import { renamingOf } from './renamingOf.ts';
import { fitToSuffix, type SuffixFit } from './suffixFit.ts';
import type { TokenSpace } from './tokenSpace.ts';
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
