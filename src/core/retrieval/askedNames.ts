import { nameParts } from '../text/subTokens.ts';
import { withoutFrame } from './questionFrame.ts';

/** A name that a query asks for. */
export interface AskedName {
  /** Its parts in one piece, stemmed, each once: as names of sketches are compared. */
  readonly name: string;
  /** Parts of the class, module or namespace it is said to be in; none when nothing is said. */
  readonly owner: readonly string[];
}

const MAX_QUERY = 1000;
const MAX_NAMES = 20;
/** `Class.method`, `pkg::name`, `obj->m`, `Class#method`, `Space\Class`; `#anchor` and `.class`, too. */
const NAMES = /[\p{L}_$][\p{L}\p{N}\p{M}_$]*(?:(?:\.|::|->|#|\\|\/)[\p{L}_$][\p{L}\p{N}\p{M}_$]*)*/gu;
const BETWEEN = /\.|::|->|#|\\|\//u;
/** Words together may be a name written as words: `client session`. */
const MOST_TOGETHER = 3;

/**
 * The names in a query: all of it where it is nothing else, else what looks like an identifier, as what has several
 * parts or a capital within the text.
 */
export function askedNames(query: string): readonly AskedName[] {
  const text = withoutFrame(query.slice(0, MAX_QUERY)).trim();
  const found = [...text.matchAll(NAMES)].slice(0, MAX_NAMES);
  if (found.length === 1) return asName(found[0]?.[0] ?? '');
  const names = found.flatMap(({ 0: word, index }) => (looksLikeName(word, index > 0) ? asName(word) : []));
  return found.length <= MOST_TOGETHER ? [...names, ...asName(found.map(([word]) => word).join('_'))] : names;
}

/** The last part of a text that is nothing but a qualified name: `method` of `Class.method`. */
export function qualifiedName(text: string): string | undefined {
  const [found, ...others] = text.trim().match(NAMES) ?? [];
  if (found === undefined || others.length > 0 || found.length < text.trim().length - 1) return undefined;
  return found.split(BETWEEN).at(-1);
}

function looksLikeName(word: string, isWithin: boolean): boolean {
  return partsOf(word).length > 1 || (isWithin && /^\p{Lu}/u.test(word));
}

function asName(word: string): readonly AskedName[] {
  const parts = word.split(BETWEEN);
  const name = partsOf(parts.pop() ?? '').join('');
  return name === '' ? [] : [{ name, owner: parts.flatMap(partsOf) }];
}

function partsOf(word: string): readonly string[] {
  return [...new Set(nameParts(word))];
}
