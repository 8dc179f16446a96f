/** The lines of a text without their ends, which are those of `lineStarts`; after a final line break an empty one. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
