// @ts-check
/** @import { Question } from './store.mjs' */

/**
 * How a store of words is given its texts: as they are, to be cut by its own tokenizer, or as the sub-tokens that
 * Touchstone's search knows them by, to be cut at the spaces.
 *
 * @typedef {object} Wording
 * @property {string} suffix of the store's id
 * @property {string} note after the store's name
 * @property {number} [upTo] see `Peer`
 * @property {boolean} isCut
 * @property {(text: Question) => string} of
 */

/** @type {readonly Wording[]} */
export const WORDINGS = [
  { suffix: '', note: '', isCut: false, of: ({ text }) => text },
  { suffix: '-sub-tokens', note: ', our sub-tokens', upTo: 60_000, isCut: true, of: ({ words }) => words },
];

/** @param {string} words */
export function splitWords(words) {
  return words.split(' ');
}
