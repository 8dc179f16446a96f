const LF = 10;
const CR = 13;

/**
 * Offsets at which the lines of `text` start. LF, CR LF and a lone CR end a line, as in the lexer and the editor.
 * The empty line after a final line break is not listed, so the lines tile the text and none is empty.
 */
export function lineStarts(text: string): number[] {
  if (text === '') return [];
  const starts = [0];
  const last = text.length - 1;
  for (let at = 0; at < last; at++) {
    const code = text.charCodeAt(at);
    if (code > CR) continue;
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) starts.push(at + 1);
  }
  return starts;
}

/** The lines of a text without their ends, which are those of `lineStarts`; after a final line break an empty one. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
