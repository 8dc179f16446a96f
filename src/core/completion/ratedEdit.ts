import { gapOf, LINE_BREAK, packToken, render, type Token, wordOf } from '../text/lexer.ts';
import type { TextEdit } from '../text/textEdit.ts';
import { BOUNDARY } from './anchor.ts';
import { BLOCK_CONFIDENCE, confidenceOf, type GateFeatures, gateFeatures } from './confidenceGate.ts';
import type { CursorSite, TokenSpace } from './cursorSite.ts';
import type { LineCandidate } from './lineCandidates.ts';
import { isSuppressed } from './suppression.ts';
import type { Surroundings } from './surroundings.ts';
import type { Voter } from './voters.ts';

/** A proposal before the gate; `features` is what its confidence was computed from. */
export interface RatedEdit extends TextEdit {
  /** Estimated probability that the text is exactly what comes next, 0…1. */
  readonly confidence: number;
  readonly features: GateFeatures;
}

interface Scene {
  readonly site: CursorSite;
  readonly space: TokenSpace;
  readonly around: Surroundings;
}

/**
 * What a candidate proposes, with the block its line opens where that is clear too; undefined when it is better not
 * shown.
 */
export function ratedEdit(candidate: LineCandidate, scene: Scene): RatedEdit | undefined {
  const { site, space, around } = scene;
  const { vocabulary, kinds } = space.corpus;
  const textOf = (word: number): string => vocabulary.textOf(word);
  const line = lineEditOf(candidate, site, textOf);
  if (isSuppressed(line, site)) return undefined;
  const features = gateFeatures(candidate, line.text, site, around, kinds);
  const block = features.opensUnexpectedly === 1 ? blockAfter(candidate, site, space) : undefined;
  if (block === undefined) return { ...line, features, confidence: confidenceOf(features) };
  const whole = lineEditOf({ ...candidate, tokens: [...candidate.tokens, ...block] }, site, textOf);
  const confidence = BLOCK_CONFIDENCE * confidenceOf({ ...features, opensUnexpectedly: 0 });
  return isSuppressed(whole, site) ? undefined : { ...whole, features, confidence };
}

/** The edit of the cursor's line that a candidate stands for; its text begins at the cursor. */
export function lineEditOf(
  candidate: Pick<LineCandidate, 'tokens' | 'isPartial' | 'replacesSuffix' | 'gapAfter'>,
  site: CursorSite,
  textOf: (word: number) => string,
): TextEdit {
  const { offset, lineSuffix } = site;
  const rendered = render(candidate.tokens, textOf).replaceAll(
    '\n',
    site.text.includes('\r\n') ? '\r\n' : '\n',
  );
  let text = rendered;
  if (candidate.isPartial) text = rendered.trimStart().slice(site.partial.length);
  else if (site.isAfterSpace) text = rendered.trimStart();
  const endOffset = candidate.replacesSuffix ? offset + lineSuffix.trimEnd().length : offset;
  return { startOffset: offset, endOffset, text: text + gapBefore(candidate, site) };
}

/** The space that belongs between the text and the suffix when the line does not have it yet. */
function gapBefore(candidate: Pick<LineCandidate, 'replacesSuffix' | 'gapAfter'>, site: CursorSite): string {
  const isWanted = candidate.gapAfter && !candidate.replacesSuffix;
  return isWanted && site.lineSuffix !== '' && !/^\s/.test(site.lineSuffix) ? ' ' : '';
}

const MAX_LINES = 12;
const MAX_TOKENS = 200;
/** A block is copied only from a place that agrees over this many words and has this share of the votes. */
const MIN_EXACT = 6;
const MIN_SHARE = 0.6;
/** Voters at least this strong beside the leader must go on as it does. */
const MIN_OTHER_WEIGHT = 0.1;

const TABS = 128;

/**
 * The lines after a candidate that opens a block, up to the line that closes it, each with its line break. Undefined
 * unless one source, or several that agree, speaks strongly and the block is small, balanced and not indented less
 * than where it begins.
 */
function blockAfter(candidate: LineCandidate, site: CursorSite, space: TokenSpace): Token[] | undefined {
  if (!site.isBlankPrefix || site.lineSuffix.trim() !== '') return undefined;
  const [leader, ...others] = candidate.voters.toSorted((a, b) => b.weight - a.weight);
  if (leader === undefined || leader.isRenamed || leader.match.exact < MIN_EXACT) return undefined;
  if (candidate.weight < MIN_SHARE * candidate.totalWeight) return undefined;
  const block = closeBlock(leader, space);
  if (block === undefined || block.length === 0) return undefined;
  const agree = others.every(
    (voter) =>
      voter.isRenamed || voter.weight < MIN_OTHER_WEIGHT * leader.weight || goesOnWith(voter, block, space),
  );
  return agree ? reindented(block, leader, site, space) : undefined;
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
