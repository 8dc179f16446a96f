import { gapOf, LINE_BREAK, packToken, render, type Token, wordOf } from '../text/lexer.ts';
import { BOUNDARY } from './anchor.ts';
import type { Continuation } from './continuations.ts';
import type { CursorSite, TokenSpace } from './cursorSite.ts';
import type { Voter } from './voters.ts';

const MAX_LINES = 12;
const MAX_TOKENS = 200;
/** A block is copied only from a place that agrees over this many words and has this share of the votes. */
const MIN_EXACT = 6;
const MIN_SHARE = 0.6;
/** Voters at least this strong beside the leader must go on as it does. */
const MIN_OTHER_WEIGHT = 0.1;

const TABS = 128;

/**
 * The lines after a line that opens a block, up to the one that closes it, each with its line break. Undefined unless one
 * source, or several that agree, speaks strongly and the block is small, balanced and not indented less than where it
 * begins. `totalWeight` is that of all voters.
 */
export function blockAfter(
  line: Continuation,
  totalWeight: number,
  site: CursorSite,
  space: TokenSpace,
): string | undefined {
  if (!site.isBlankPrefix || site.lineSuffix.trim() !== '') return undefined;
  const [leader, ...others] = line.voters
    .filter(({ words }) => words.length === line.tokens.length)
    .sort((a, b) => b.weight - a.weight);
  if (leader === undefined || leader.isRenamed || leader.match.exact < MIN_EXACT) return undefined;
  if (line.weight * line.endShare < MIN_SHARE * totalWeight) return undefined;
  const block = closeBlock(leader, space);
  if (block === undefined || block.length === 0) return undefined;
  const agree = others.every(
    (voter) =>
      voter.isRenamed || voter.weight < MIN_OTHER_WEIGHT * leader.weight || goesOnWith(voter, block, space),
  );
  const moved = agree ? reindented(block, leader, site, space) : undefined;
  if (moved === undefined) return undefined;
  const text = render(moved, (word) => space.corpus.vocabulary.textOf(word));
  return site.text.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

function firstAfter(voter: Voter): number {
  return voter.match.next + voter.words.length;
}

function goesOnWith(voter: Voter, block: readonly Token[], space: TokenSpace): boolean {
  const start = firstAfter(voter);
  return block.every((token, index) => space.wordAt(start + index) === wordOf(token));
}

/** The tokens after the voter's line up to the end of the line that closes what the line opened. */
function closeBlock(voter: Voter, space: TokenSpace): Token[] | undefined {
  const textOf = (word: number): string => space.corpus.vocabulary.textOf(word);
  let depth = depthAfter(voter.words.map(textOf), 0);
  const block: Token[] = [];
  let lines = 0;
  for (let at = firstAfter(voter); block.length < MAX_TOKENS; at++) {
    const token = space.tokenAt(at);
    const word = wordOf(token);
    if (word === BOUNDARY) return depth === 0 ? block : undefined;
    if (word === LINE_BREAK) {
      if (depth === 0) return block;
      if (++lines > MAX_LINES) return undefined;
    }
    depth = depthAfter([textOf(word)], depth);
    if (depth < 0) return undefined;
    block.push(token);
  }
  return undefined;
}

function depthAfter(texts: readonly string[], before: number): number {
  let depth = before;
  for (const text of texts) {
    if (text === '{' || text === '(' || text === '[') depth++;
    else if (text === '}' || text === ')' || text === ']') depth--;
  }
  return depth;
}

/** The block with the cursor's indentation in place of its source's; undefined where tabs meet spaces. */
function reindented(
  block: readonly Token[],
  leader: Voter,
  site: CursorSite,
  space: TokenSpace,
): Token[] | undefined {
  const theirs = gapOf(space.tokenAt(leader.match.next - 1));
  const ours = gapOf(site.tokens[site.cursor - 1] ?? 0);
  const moved: Token[] = [];
  for (const [index, token] of block.entries()) {
    const isBlank = wordOf(block[index + 1] ?? 0) === LINE_BREAK;
    if (wordOf(token) !== LINE_BREAK || isBlank) {
      moved.push(token);
      continue;
    }
    const gap = gapOf(token);
    const step = (gap % TABS) - (theirs % TABS);
    if (step < 0 || areMixed([gap, theirs, ours])) return undefined;
    const usesTabs = gap >= TABS || ours >= TABS;
    moved.push(packToken(LINE_BREAK, (usesTabs ? TABS : 0) + (ours % TABS) + step));
  }
  return moved;
}

/** Tabs and spaces among gaps that are not empty. */
function areMixed(gaps: readonly number[]): boolean {
  const used = gaps.filter((gap) => gap % TABS > 0);
  return used.some((gap) => gap >= TABS) && used.some((gap) => gap < TABS);
}
