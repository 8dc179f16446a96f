import { replaceUnseen, replaceUnseenInLine } from '../core/text/unseen.ts';

/**
 * Text from files as it may be shown in a terminal: what moves its cursor, changes its colours, reaches its clipboard or
 * reorders or hides text is written as `\\x1b` or `\\u202e`. Tabs and ends of lines stay.
 */
export function printable(text: string): string {
  return replaceUnseen(text, escaped);
}

/** The same for a path or a remark, which is one line whatever is in it: nobody else begins a line. */
export function printableLine(path: string): string {
  return replaceUnseenInLine(path, escaped);
}

/** A value as JSON on one line, for programs and terminals alike: the same characters are escaped, so that it means the same. */
export function printableJson(value: unknown): string {
  return replaceUnseenInLine(JSON.stringify(value), (character) =>
    character.split('').map(unitEscaped).join(''),
  );
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`;
}

function unitEscaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
