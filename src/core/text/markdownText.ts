import { lineWithSigns } from './unseen.ts';

/**
 * Text that others wrote, put into Markdown so that it means nothing there: not to the view's renderer, not to the editor's,
 * and not to the check of citations.
 */

const SPECIAL = /[\\`*_[\]{}<>()#|!~&$@]|:(?=\/\/)|(?<=www)\.|^[-+=]|(?<=^\d{1,9})[.)]/gi;
const ESCAPED = /\\([\\`*_[\]{}<>()#|!~&$@:.+=-])/g;

/** A line of text from a file as plain prose: no links, images, HTML, lists or citations of its own; no blanks around it. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .trim()
    .replace(SPECIAL, '\\$&');
}

/** Takes `escapeMarkdown` back. */
export function unescapeMarkdown(text: string): string {
  return text.replace(ESCAPED, '$1');
}

/**
 * A name, a path or another short text as inline code, whatever it contains; the empty string for nothing. What is not
 * seen, line breaks among it, is shown as a sign: code that is cut by a line break would be no code any more.
 */
export function inlineCode(text: string): string {
  const line = lineWithSigns(text);
  if (line === '') return '';
  const ticks = '`'.repeat(longestRun(line) + 1);
  const pad = /^[` ]|[` ]$/.test(line) && line.trim() !== '' ? ' ' : '';
  return ticks + pad + line + pad + ticks;
}

/** Inline code in a cell of a table, where a bar would end the cell. */
export function inlineCodeInTable(text: string): string {
  return inlineCode(text).replaceAll('|', '⟨U+007C⟩');
}

/**
 * Lines as a fenced code block; the fence is longer than any run of its marks in the code. A language is a word of letters
 * and digits, `+`, `#` and `-`; anything else is left out.
 */
export function codeFence(lines: readonly string[], language: string): readonly string[] {
  const code = lines.flatMap((line) => line.split(/[\r\n]+/));
  const fence = '`'.repeat(Math.max(3, longestRun(code.join('\n')) + 1));
  return [fence + (/^[a-z\d+#-]{1,20}$/i.test(language) ? language : ''), ...code, fence];
}

function longestRun(text: string): number {
  let longest = 0;
  for (const { length } of text.match(/`+/g) ?? []) longest = Math.max(longest, length);
  return longest;
}
