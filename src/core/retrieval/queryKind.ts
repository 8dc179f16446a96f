const ASKS =
  /^\W*(?:how|what|why|when|where|which|who|whose|is|are|was|does|do|did|can|could|should|would|will|has|have)\b/i;

/**
 * True for a question, as people ask a chat, rather than a phrase that says what some code does or is called. The words
 * of a question are less those of a definition: it may be about a test, a use or a detail.
 */
export function isQuestion(query: string): boolean {
  const text = query.trim();
  return text.endsWith('?') || ASKS.test(text);
}
