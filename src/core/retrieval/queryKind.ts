import { asksForPlace } from './questionFrame.ts';

/** Words that begin a question even where its mark was left out; `is` and `has` begin descriptions as well. */
const ASKS = /^\W*(?:how|what|why|where|which|who|whose)\b/i;

/**
 * True for a question, as people ask a chat, rather than a phrase that says what some code does or is called. The words
 * of a question are less those of a definition: it may be about a test, a use or a detail. What asks for a place says
 * what is there, and is no question: `Which code opens the gate?`, `Where do we open the gate?`
 */
export function isQuestion(query: string): boolean {
  const text = query.trim();
  return (text.endsWith('?') || ASKS.test(text)) && !asksForPlace(text);
}

/** What has fewer words is rather a name or a part of one, as `get user`. */
const MIN_WORDS = 4;

/** Whether a query has words enough to describe something. */
export function isDescription(query: string): boolean {
  return query.replace(/^\W+/, '').split(/\s+/, MIN_WORDS).length === MIN_WORDS;
}
