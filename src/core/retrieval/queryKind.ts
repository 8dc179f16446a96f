/** Words that begin a question even where its mark was left out; `is` and `has` begin descriptions as well. */
const ASKS = /^\W*(?:how|what|why|where|which|who|whose)\b/i;

/**
 * True for a question, as people ask a chat, rather than a phrase that says what some code does or is called. The words
 * of a question are less those of a definition: it may be about a test, a use or a detail.
 */
export function isQuestion(query: string): boolean {
  const text = query.trim();
  return text.endsWith('?') || ASKS.test(text);
}
