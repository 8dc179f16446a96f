import { QUESTION_STOP_WORDS } from '../text/stopWords.ts';
import type { Exchange } from '../prompts/exchange.ts';

const WORD = /[\p{L}\p{N}_$]+/gu;
const POINTS_BACK =
  /\b(?:it|its|they|them|their|this|that|these|those|there|he|she|him|her|former|latter|above|same)\b/i;
/** A question of fewer telling words than this hardly stands alone. */
const STANDS_ALONE = 4;

/** What to search for: a question that points back to the last one is searched together with it. */
export function retrievalQuery(question: string, history: readonly Exchange[]): string {
  const last = history.at(-1);
  if (!last) return question;
  const telling = (question.match(WORD) ?? []).filter((word) => !QUESTION_STOP_WORDS.has(word.toLowerCase()));
  const standsAlone = telling.length >= STANDS_ALONE && !POINTS_BACK.test(question);
  return standsAlone ? question : `${question}\n${last.question}`;
}
