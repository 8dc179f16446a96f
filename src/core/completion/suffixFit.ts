import { gapOf, LINE_BREAK, wordOf, type Token } from '../text/lexer.ts';

/** What of a copied rest of line to insert before the text that already stands right of the cursor. */
export interface SuffixFit {
  readonly tokens: readonly Token[];
  /** The tokens contain the suffix again, in order: they replace it instead of standing before it. */
  readonly replacesSuffix: boolean;
  /** White space stood between the tokens and their suffix. */
  readonly gapAfter: boolean;
}

const OPENERS = new Set(['(', '[', '{']);
const CLOSERS = new Set([')', ']', '}']);
const CLOSED_BY_EDITOR = new Set([')', ']', '}', '"', "'", '`', '>', ';', ',']);

/**
 * Fits the rest of a similar line to the suffix of the cursor's line: all of it when there is none, what stands
 * before the suffix when it ends alike, all of it around brackets the editor closed by itself, else the part up to
 * the suffix's first token. Undefined when nothing of it can stand before the suffix.
 */
export function fitToSuffix(
  rest: readonly Token[],
  suffix: readonly number[],
  textOf: (word: number) => string,
): SuffixFit | undefined {
  if (suffix.length === 0) return { tokens: rest, replacesSuffix: false, gapAfter: false };
  const words = rest.map(wordOf);
  if (endsWith(words, suffix)) {
    return cutAt(rest, rest.length - suffix.length);
  }
  if (suffix.every((word) => CLOSED_BY_EDITOR.has(textOf(word))) && isSubsequence(suffix, words)) {
    return { tokens: rest, replacesSuffix: true, gapAfter: false };
  }
  const end = firstOutsideBrackets(words, suffix[0] ?? LINE_BREAK, textOf);
  return end > 0 ? cutAt(rest, end) : undefined;
}

function cutAt(rest: readonly Token[], end: number): SuffixFit {
  return { tokens: rest.slice(0, end), replacesSuffix: false, gapAfter: gapOf(rest[end] ?? 0) > 0 };
}

function endsWith(words: readonly number[], suffix: readonly number[]): boolean {
  const offset = words.length - suffix.length;
  return offset >= 0 && suffix.every((word, index) => words[offset + index] === word);
}

function isSubsequence(part: readonly number[], whole: readonly number[]): boolean {
  let found = 0;
  for (const word of whole) if (word === part[found]) found++;
  return found === part.length;
}

/** Index of the first `word` that closes no bracket opened within `words`; -1 for none. */
export function firstOutsideBrackets(
  words: readonly number[],
  word: number,
  textOf: (word: number) => string,
): number {
  let depth = 0;
  for (const [index, candidate] of words.entries()) {
    if (depth === 0 && candidate === word) return index;
    const text = textOf(candidate);
    if (OPENERS.has(text)) depth++;
    else if (CLOSERS.has(text) && --depth < 0) return -1;
  }
  return -1;
}
