import { gapOf, LINE_BREAK, wordOf, type Token } from '../text/lexer.ts';
import { BOUNDARY } from './anchor.ts';
import type { CursorSite } from './cursorSite.ts';
import { indentStep } from './indentStep.ts';
import type { Match } from './matchSearch.ts';
import { strengthOf, strengthOfAgreement } from './matchStrength.ts';
import { fitToSuffix, type SuffixFit } from './suffixFit.ts';
import type { TokenSpace } from './tokenSpace.ts';
import { KEYWORD } from './wordKinds.ts';

/** A match with what it proposes. */
export interface Voter {
  readonly match: Match;
  readonly fit: SuffixFit;
  readonly words: readonly number[];
  /** Words that agree between the text after the match's line and the text below the cursor's line. */
  readonly agreement: number;
  readonly weight: number;
}

const COMMENT_OPENERS = new Set(['//', '/*', '*']);
const MAX_VOTERS = 256;
const MAX_LINE_TOKENS = 64;
const MAX_AGREEMENT = 16;

/** The best matches whose line can stand at the cursor, each with its weight. */
export function votersAmong(matches: readonly Match[], site: CursorSite, space: TokenSpace): Voter[] {
  const ranked = matches
    .map((match) => ({ match, strength: strengthOf(match, site.cursorPosition) }))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, MAX_VOTERS);
  const suffix = suffixWords(site);
  const step = indentStep(space, site.cursorPosition - 1);
  const voters: Voter[] = [];
  for (const { match, strength } of ranked) {
    const rest = space.restOfLine(match.next, MAX_LINE_TOKENS);
    if (site.isBlankPrefix && beginsComment(rest[0], space)) continue;
    if (!canFollow(rest[0], match, site, space)) continue;
    if (site.isBlankPrefix && indentStep(space, match.next - 1) !== step) continue;
    const fit = fitToSuffix(rest, suffix, (word) => space.corpus.vocabulary.textOf(word));
    if (fit === undefined) continue;
    const agreement = agreementBelow(space, match.next + rest.length, site);
    const weight = Math.exp(strength + strengthOfAgreement(agreement));
    voters.push({ match, fit, words: fit.tokens.map(wordOf), agreement, weight });
  }
  return voters;
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
