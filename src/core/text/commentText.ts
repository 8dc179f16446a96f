const OPENING = /^\s*(?:\/\*+!?|\/\/[/!]?|\*(?!\/)|#+(?!\[)|--+|;+|"""|'''|<!--|%+)\s?/;
const CLOSING = /(?:\*\/|"""|'''|-->)$/;

/** What a line of a comment or doc string says: the line without comment marks and surrounding white space. */
export function commentText(line: string): string {
  return line.trimEnd().replace(CLOSING, '').replace(OPENING, '').trim();
}

/** The prose of several comment lines as one line of text. */
export function commentProse(lines: readonly string[]): string {
  return lines
    .map(commentText)
    .filter((text) => text !== '')
    .join(' ')
    .replace(/\s+/g, ' ');
}
