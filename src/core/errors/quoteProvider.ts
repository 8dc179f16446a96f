/** The end of a message that lets the provider speak for itself; empty when it said nothing. */
export function quoteProvider(said: string): string {
  return said === '' ? '' : ` It says: ${said.replace(/[.\s]*$/, '.')}`;
}
