import { isWordCode } from './lexer.ts';
import { CODE_STOP_WORDS } from './stopWords.ts';

/** First character of the sub-token that stands for a whole word of several parts: `=parsejson`. */
export const WHOLE = '=';

// Longer runs are encoded data, not words.
const LONGEST_WORD = 64;
const LONGEST_PART = 40;

const NO_WORDS: ReadonlySet<string> = new Set();

const ASCII_PARTS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g;
// The same for every script; scripts written without spaces come as runs that are cut into pairs below.
const UNICODE_PARTS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+|\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|[\p{Lo}\p{Lm}\p{Lt}\p{M}]+|\p{N}+/gu;
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const NON_ASCII = /[^\p{ASCII}]/u;
/** Accents of Latin, Greek and Cyrillic letters; marks of other scripts are letters of their own, and so is й. */
const ACCENTS = /(?<!\p{Script=Cyrillic})\u0306|[\u0300-\u0305\u0307-\u036f]/gu;

/**
 * The search terms of one word of code or prose: its camelCase, snake_case and digit-separated parts, lower-cased
 * and stemmed, without stop words, and, when there are several parts, the whole word after `WHOLE`.
 * Scripts written without spaces give overlapping pairs of characters.
 */
export function subTokens(word: string): readonly string[] {
  return termsOf(word, CODE_STOP_WORDS);
}

/** The same without leaving anything out: what is called `String` or `R` is asked for by just these. */
export function nameTokens(word: string): readonly string[] {
  return termsOf(word, NO_WORDS);
}

/** The parts of a name; the whole of it is none. */
export function nameParts(word: string): readonly string[] {
  return nameTokens(word).filter((term) => !term.startsWith(WHOLE));
}

/** A text with its accents taken off, however they were composed: `marée` and `maree` are typed for one another. */
export function withoutAccents(text: string): string {
  if (!NON_ASCII.test(text)) return text;
  return text.normalize('NFD').replace(ACCENTS, '').normalize('NFC');
}

function termsOf(word: string, left: ReadonlySet<string>): readonly string[] {
  if (!isWordCode(word.charCodeAt(0))) return [];
  const text = withoutAccents(word);
  const isAscii = !NON_ASCII.test(text);
  const parts = text.match(isAscii ? ASCII_PARTS : UNICODE_PARTS) ?? [];
  const terms: string[] = [];
  if (parts.length > 1 && text.length <= LONGEST_WORD) terms.push(WHOLE + text.toLowerCase());
  for (const part of parts) {
    if (!isAscii && UNSPACED.test(part)) for (const pair of pairs(part)) terms.push(pair);
    else if (part.length <= LONGEST_PART && (part.length > 1 || (left === NO_WORDS && part === text))) {
      const lower = part.toLowerCase();
      if (!left.has(lower)) terms.push(stem(lower));
    }
  }
  return terms;
}

function pairs(run: string): readonly string[] {
  const characters = Array.from(run);
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, at) => (characters[at] ?? '') + character);
}

/**
 * Takes an English plural, -ing, -ed or final -e off a lower-case word, so that `creates`, `creating` and `create`
 * meet. Deliberately light: both sides of a match go through it, so it need not give real words, but must rarely
 * merge different ones.
 */
export function stem(word: string): string {
  const single = withoutPlural(word);
  const base = withoutEnding(single);
  return base.length > 3 && base.endsWith('e') ? base.slice(0, -1) : base;
}

function withoutPlural(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function withoutEnding(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3);
  return word.length > 4 && word.endsWith('ed') ? word.slice(0, -2) : word;
}
