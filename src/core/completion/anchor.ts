import { BREAK, KEYWORD, PUNCTUATION, type WordKinds } from './wordKinds.ts';

/** Stands before the first and after the last token of a file, and where the cursor is; equal to no word. */
export const BOUNDARY = 0xff_ff_ff;

/** Read access to a stream of words by position. */
export interface WordStream {
  wordAt(position: number): number;
}

/** The most words an anchor spans. */
const MAX_WORDS = 6;
const ENOUGH = 3;

/**
 * The key under which a place in a word stream is found again: a hash of the fewest words that end at `position`
 * and say enough, a name counting twice as much as a keyword or a sign, a line break nothing. So `foo (` is an
 * anchor, while `) ;` reaches further left; chains of places with one anchor stay short however common the signs.
 */
export function anchorHash(stream: WordStream, position: number, kinds: WordKinds): number {
  let hash = 0;
  let told = 0;
  for (let back = 0; back < MAX_WORDS && told < ENOUGH; back++) {
    const word = stream.wordAt(position - back);
    hash = Math.imul(hash ^ word, 0x9e3779b1) ^ (hash >>> 15);
    told += weightOf(word, kinds);
  }
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** How many words `anchorHash` takes in. */
export function anchorLength(stream: WordStream, position: number, kinds: WordKinds): number {
  let told = 0;
  let length = 0;
  while (length < MAX_WORDS && told < ENOUGH) told += weightOf(stream.wordAt(position - length++), kinds);
  return length;
}

function weightOf(word: number, kinds: WordKinds): number {
  if (word === BOUNDARY) return ENOUGH;
  const kind = kinds.of(word);
  if (kind === BREAK) return 0;
  return kind === PUNCTUATION || kind === KEYWORD ? 1 : 2;
}
