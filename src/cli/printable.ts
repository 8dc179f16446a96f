/** What moves a terminal's cursor, changes its colours or reorders text, but for tabs and the ends of lines. */
const CONTROLS = /\r(?!\n)|[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028-\u202E\u2066-\u2069]/g;

/** Text from files as it may be shown in a terminal: control characters are written as `\x1b` or `\u202e`. */
export function printable(text: string): string {
  return text.replace(CONTROLS, escaped);
}

/** The same for a path, which is one line whatever is in it. */
export function printablePath(path: string): string {
  return printable(path.replace(/[\t\r\n]/g, escaped));
}

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
}
