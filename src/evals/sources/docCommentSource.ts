import { isPlainTerm, queryTerms } from '../../core/retrieval/queryTerms.ts';
import type { DefinedRange } from '../../core/retrieval/sourceText.ts';
import { CODE_STOP_WORDS } from '../../core/text/stopWords.ts';
import { stem, subTokens, WHOLE } from '../../core/text/subTokens.ts';
import { type CaseSource, placeOf, type Workspace } from '../workspace.ts';
import type { RetrievalCase } from '../evalCase.ts';
import { stableHash, stableId } from '../sampling.ts';
import type { SourceFile } from '../sourceFile.ts';
import { type DocComment, docCommentOf } from './docComment.ts';

const ID = 'doc-comment';

/** Asks with the first sentence of a definition's doc comment; the comment itself is hidden. */
export const docCommentSource: CaseSource<RetrievalCase> = {
  id: ID,
  label: 'Doc comment → its definition',
  casesIn(file) {
    if (file.isTest) return [];
    return file.definitions.flatMap((range) => caseOf(file, range) ?? []);
  },
};

function caseOf(file: SourceFile, range: DefinedRange): RetrievalCase | undefined {
  const asked = docQuestion(file, range);
  if (!asked || !file.language) return undefined;
  const { startLine, endLine } = asked.comment;
  return {
    id: `${ID}:${file.path}#${range.name}:${stableId(asked.sentence)}`,
    source: ID,
    language: file.language.name,
    folder: file.folder,
    path: file.path,
    question: asked.sentence,
    name: range.name,
    gold: [placeOf({ file, range })],
    hides: [{ path: file.path, lines: { startLine, endLine } }],
  };
}

const LONGEST_SHORT_FORM = 10;

/** The first sentence of a definition's doc comment, when it can be asked for and does not give the name away. */
export function docQuestion(
  file: SourceFile,
  range: DefinedRange,
): { readonly comment: DocComment; readonly sentence: string } | undefined {
  const comment = docCommentOf(file, range);
  if (!comment) return undefined;
  const sentence = withoutName(firstSentence(comment.text), range.name);
  return sentence !== undefined && isAskable(sentence) ? { comment, sentence } : undefined;
}

/**
 * A question that spells out the name of what it asks for is a look-up of the name. Where the name comes first, as Go
 * wants it, it can be left out; elsewhere there is no question. Names of one ordinary word may stay.
 */
function withoutName(sentence: string, name: string): string | undefined {
  const [article = ''] = /^(?:An?|The)\s+/i.exec(sentence) ?? [];
  const isFirst = sentence.startsWith(`${name} `, article.length);
  const rest = isFirst ? sentence.slice(article.length + name.length + 1) : sentence;
  return isTelling(name) && rest.toLowerCase().includes(name.toLowerCase()) ? undefined : rest;
}

/** How people who do not quite know a name ask for it; `undefined` when that form would be unclear or no other. */
export type NameForm = (name: string, workspace: Workspace) => string | undefined;

const MIN_PART = 3;
const MIN_PARTS_LEFT = 2;
/** Shorter parts are too easily mistyped into other words. */
const MIN_MISTYPED = 5;

/** `round cents` for `roundCents`. */
export const asWords: NameForm = (name, workspace) => {
  const parts = nameParts(name);
  if (parts.some((part) => part.length < MIN_PART) || workspace.namesWith(name) !== 1) return undefined;
  return parts.join(' ').toLowerCase();
};

/** `QueryRunner` of `createQueryRunner`, where no other name has that part. */
export const inPart: NameForm = (name, workspace) => {
  const parts = nameParts(name);
  if (parts.length <= MIN_PARTS_LEFT || parts.some((part) => part.length < MIN_PART)) return undefined;
  const from = name.indexOf(parts[1] ?? '', parts[0]?.length);
  const to = name.lastIndexOf(parts.at(-1) ?? '');
  const cuts = [name.slice(from), name.slice(0, to).replace(/(?<!_)_+$/, '')];
  const first = stableHash(0, name) % cuts.length;
  const tried = [cuts[first], cuts[1 - first]];
  return tried.find((cut) => cut !== undefined && workspace.namesWith(cut) === 1);
};

/** `rounCdents`: two letters of one part swapped, or one left out or doubled. In no file is it spelt so. */
export const misspelt: NameForm = (name, workspace) => {
  const key = stableHash(0, name);
  const long = nameParts(name).filter((part) => part.length >= MIN_MISTYPED);
  const part = long[key % Math.max(1, long.length)];
  if (part === undefined || workspace.namesWith(name) !== 1) return undefined;
  // The first letter is the one that people get right.
  const at = 1 + ((key >>> 8) % (part.length - 2));
  const wrong = name.replace(part, mistype(part, at, (key >>> 16) % 3));
  return wrong !== name && workspace.lacks(wrong) ? wrong : undefined;
};

function mistype(part: string, at: number, how: number): string {
  const [before, letter, next, after] = [
    part.slice(0, at),
    part.charAt(at),
    part.charAt(at + 1),
    part.slice(at + 2),
  ];
  if (how === 0 && letter !== next) return before + next + letter + after;
  return how === 1 ? before + next + after : before + letter + letter + next + after;
}

const PARTS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

/** The parts of a name as written: `parse`, `HTTP`, `Header` for `parseHTTPHeader`. */
export function nameParts(name: string): readonly string[] {
  return name.match(PARTS) ?? [];
}

/** Whether a name has several parts that are searched for: other names are words that stand everywhere. */
export function isTelling(name: string): boolean {
  return subTokens(name).some((term) => term.startsWith(WHOLE));
}

/** Whether a text has the name, or spells it out in words. */
export function spellsOut(text: string, name: string): boolean {
  return squeezed(text).includes(squeezed(name));
}

/** Letters and digits only. */
function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

const MIN_WORDS = 5;
const MAX_WORDS = 40;
const MIN_TERMS = 3;
const MIN_LETTERS = 0.7;

/** Said of legal matters, tools, plans and other places, not of what the code does. */
const JUNK =
  /copyright|licen[sc]e|spdx|all rights reserved|deprecat|https?:|www\.|e?slint|prettier|ts-(?:ignore|expect)|\b(?:todo|fixme|xxx|hack)\b|inheritdoc|\bgenerated\b|do not (?:edit|use)|istanbul|webpack[A-Z]|sourcemapping|@internal|use strict|for backwards?[- ]compat|see (?:also|above|below)\b|^(?:\d|note|warning|example|usage|same as|alias|override[sd]?|see|these|(?:should|must|may) (?:only|not))\b/i;
const CODE = /[;{}]|=>|\)\s*[=.]|\s[=|&]{1,3}\s|\w\(\w[^()]*\)|^\W*[-=*#]{3}|^\s*<\w/;
/** Goes on in a list or an example. */
const UNFINISHED = /[,;:(–—-]$|\b(?:and|or|of|the|to|with|like|as)$/i;
const HTML_TAG =
  /<\/?(?:p|b|i|em|strong|code|pre|br|ul|ol|li|a|div|span|h[1-6]|tt|table|t[rdh]|see|c|para|summary)\b[^<>]*>/gi;
const NOT_AN_END = /(?:\b(?:[Ee]\.g|[Ii]\.e|etc|vs|[Cc]f|[Aa]pprox|[Ii]ncl|[Nn]o|[Rr]esp)|\b[A-Z])\.$/;

/** The first sentence of a comment's text, as plain words: without mark-up, tags and line breaks. */
export function firstSentence(text: string): string {
  const [paragraph = ''] = text
    .trim()
    .split(/\n\s*\n|\n\s*(?:@|:param|:return|Args:|Parameters\b|Returns:|>>>|```|[-*] |\d+\. )/);
  if (/^\s*[@\\]/.test(paragraph)) return '';
  const plain = withoutMarkup(paragraph).replace(/\s+/g, ' ').trim();
  let end = 0;
  for (const { index, 0: stop } of plain.matchAll(/[.!?](?=\s|$)/g)) {
    end = index + stop.length;
    if (!NOT_AN_END.test(plain.slice(Math.max(0, end - LONGEST_SHORT_FORM), end))) break;
  }
  return (end > 0 ? plain.slice(0, end) : plain).replace(/(?<![\s.:])[\s.:]+$/, '');
}

function withoutMarkup(text: string): string {
  return text
    .replace(
      /\{@\w+\s+([^}|\s]+)(?:[|\s]+([^{}|\s][^{}]*)?)?\}/g,
      (_, target: string, label?: string) => label ?? target,
    )
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/:\w+:`~?([^`]*)`/g, '$1')
    .replace(/\[`?([\w:.]+)`?\]/g, '$1')
    .replace(HTML_TAG, '')
    .replace(/`+([^`]*)`+/g, '$1')
    .replace(/\*\*([^*]*)\*\*/g, '$1');
}

/** Whether a sentence reads like something that a person would ask for. */
export function isAskable(sentence: string): boolean {
  const words = sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  if (words.length < MIN_WORDS || words.length > MAX_WORDS) return false;
  if (JUNK.test(sentence) || CODE.test(sentence) || UNFINISHED.test(sentence)) return false;
  const letters = sentence.match(/[\p{L}\s]/gu)?.length ?? 0;
  return letters >= sentence.length * MIN_LETTERS && tellingTerms(sentence) >= MIN_TERMS;
}

const STOP_TERMS = new Set([...CODE_STOP_WORDS].map(stem));

/** Number of different search terms, those of stop words and whole names left out. */
export function tellingTerms(text: string): number {
  return [...queryTerms(text).keys()].filter(
    (term) => isPlainTerm(term) && !term.startsWith(WHOLE) && !STOP_TERMS.has(term),
  ).length;
}
