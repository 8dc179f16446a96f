import { isPlainTerm, queryTerms } from '../../core/retrieval/queryTerms.ts';
import { WHOLE } from '../../core/text/subTokens.ts';

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

const LONGEST_SHORT_FORM = 10;

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

/** Number of different search terms, those of stop words and whole names left out. */
export function tellingTerms(text: string): number {
  return [...queryTerms(text).keys()].filter((term) => isPlainTerm(term) && !term.startsWith(WHOLE)).length;
}
