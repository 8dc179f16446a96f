import { isWordCode } from '../text/lexer.ts';
import { QUESTION_STOP_WORDS } from './stopWords.ts';
import { subTokens } from './subTokens.ts';

/** First character of the term that marks the chunk defining a name: `@parsejson`. */
export const DEFINES = '@';
/** First character of the term that marks a file's first chunk, by file name: `/parser.ts`. */
export const FILE_NAME = '/';

/** Of a longer query only the beginning is searched; nobody types more, and pasted code repeats itself. */
const MAX_QUERY = 8000;
const MAX_WORDS = 400;
const WORDS = /[\p{L}\p{N}\p{M}_$]+/gu;
const FILE_NAMES = /[\p{L}\p{N}_$.@[\]()-]+\.[\p{L}\p{N}]+/gu;

/** The terms of a query with how often each occurs in it. */
export function queryTerms(query: string): ReadonlyMap<string, number> {
  const text = query.slice(0, MAX_QUERY);
  const all = (text.match(WORDS) ?? []).slice(0, MAX_WORDS);
  const telling = all.filter((word) => !QUESTION_STOP_WORDS.has(word.toLowerCase()));
  const terms = new Map<string, number>();
  const add = (term: string): void => void terms.set(term, (terms.get(term) ?? 0) + 1);
  for (const word of telling.length > 0 ? telling : all) {
    for (const term of subTokens(word)) add(term);
    if (isWordCode(word.charCodeAt(0))) add(definitionTerm(word));
  }
  for (const name of text.match(FILE_NAMES) ?? []) add(fileNameTerm(name));
  return terms;
}

export function definitionTerm(name: string): string {
  return DEFINES + name.toLowerCase();
}

/** The term of a path's last part. */
export function fileNameTerm(path: string): string {
  return FILE_NAME + path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

/** False for the terms that mark a definition or a file, which are no part of any text. */
export function isPlainTerm(term: string): boolean {
  return !term.startsWith(DEFINES) && !term.startsWith(FILE_NAME);
}
