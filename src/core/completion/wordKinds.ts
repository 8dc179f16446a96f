import { isWordCode, LINE_BREAK } from '../text/lexer.ts';
import type { Words } from '../text/words.ts';

/** What a word tells about its place: names tell much, keywords and punctuation little, line breaks nothing. */
export type WordKind = typeof BREAK | typeof PUNCTUATION | typeof KEYWORD | typeof NAME | typeof NUMBER;

export const BREAK = 1;
export const PUNCTUATION = 2;
export const KEYWORD = 3;
export const NAME = 4;
export const NUMBER = 5;

/** Words so common across the C-like languages, Python and shell that they identify no place. */
const KEYWORDS = new Set(
  (
    'abstract and any as assert async await base bool boolean break byte case catch char class const constructor continue def default ' +
    'defer del do double elif else elseif end enum except export extends extern false final finally float fn for ' +
    'foreach from func function get global go goto if impl implements import in instanceof int interface internal is ' +
    'keyof lambda let long match mod module mut namespace new nil none None not null number object of or override ' +
    'package pass private protected pub public raise readonly require return self set short static string struct super ' +
    'switch this throw throws trait true True False try type typedef typeof undefined union unknown unsafe use using ' +
    'var void volatile when where while with yield'
  ).split(' '),
);

export function kindOfText(text: string): WordKind {
  const code = text.charCodeAt(0);
  if (!isWordCode(code)) return PUNCTUATION;
  if (code >= 48 && code <= 57) return NUMBER;
  return KEYWORDS.has(text) ? KEYWORD : NAME;
}

/** The kinds of a vocabulary's words, each worked out once. */
export class WordKinds {
  readonly #vocabulary: Words;
  #kinds = new Uint8Array(1024);

  constructor(vocabulary: Words) {
    this.#vocabulary = vocabulary;
    this.#kinds[LINE_BREAK] = BREAK;
  }

  of(word: number): WordKind {
    const known = this.#kinds[word];
    if (known !== undefined && known !== 0) return known as WordKind;
    return this.#learn(word);
  }

  #learn(word: number): WordKind {
    const kind = kindOfText(this.#vocabulary.textOf(word));
    if (word >= this.#vocabulary.size) return kind;
    if (word >= this.#kinds.length) {
      const grown = new Uint8Array(Math.max(word + 1, this.#kinds.length * 2));
      grown.set(this.#kinds);
      this.#kinds = grown;
    }
    this.#kinds[word] = kind;
    return kind;
  }
}
