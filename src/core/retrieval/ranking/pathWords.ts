import { nameParts } from '../../text/subTokens.ts';

/** What a file is called, as words: those of its name and those of the folder it lies in. */
export interface PathWords {
  readonly name: readonly string[];
  readonly folder: readonly string[];
  /** The name in one piece and small letters: `indifferenthash`. */
  readonly whole: string;
}

/** Names that say what a file is to its folder; what such a file is about, the folder says. */
const ENTRY = /^(?:index|mod|lib|init|main|__init__|package|package-info)$/i;
const SEPARATORS = /[^\p{L}\p{N}\p{M}]+/gu;

/** The words of a path. `client/index.ts` is called `client`. */
export function pathWords(path: string): PathWords {
  const parts = path.split('/');
  const name = withoutExtension(parts.pop() ?? '');
  const own = ENTRY.test(name) && parts.length > 0 ? (parts.pop() ?? '') : name;
  return { name: wordsOf(own), folder: wordsOf(parts.pop() ?? ''), whole: inOnePiece(own) };
}

/** A name without its last extension, or `.d.ts`; one that is all extension is its own. */
export function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 1 ? name : name.slice(0, dot).replace(/\.d$/, '');
}

export function inOnePiece(text: string): string {
  return text.replace(SEPARATORS, '').replaceAll('_', '').toLowerCase();
}

/** The parts of a text's words, stemmed; whole identifiers are none of them. */
export function wordsOf(text: string): readonly string[] {
  return text.split(SEPARATORS).flatMap(nameParts);
}

const MIN_BEGINNING = 3;
const MIN_COMMON = 5;

/**
 * How surely two words mean the same, 0…1: equal, one the beginning of the other as `config` is of `configuration`, or
 * two forms of one as `resolver` and `resolution`. The figures are judgements; others near them rank alike.
 */
export function sameWord(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= MIN_BEGINNING && long.startsWith(short))
    return short.length > MIN_BEGINNING ? 0.8 : 0.5;
  let common = 0;
  while (common < short.length && short[common] === long[common]) common++;
  return common >= MIN_COMMON && common >= 0.7 * long.length ? 0.7 : 0;
}

/** Share of the `words` that are among the `others`, 0…1; 0 for none. */
export function shareAmong(words: readonly string[], others: readonly string[]): number {
  if (words.length === 0) return 0;
  let sum = 0;
  for (const word of words) {
    let best = 0;
    for (const other of others) best = Math.max(best, sameWord(word, other));
    sum += best;
  }
  return sum / words.length;
}
