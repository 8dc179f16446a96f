const SPECIAL = /[\\`*_[\]{}<>()#|!~]/g;
const ESCAPED = /\\([\\`*_[\]{}<>()#|!~])/g;

/** Makes text from a file plain prose in Markdown: no links, images, HTML or citations of its own. */
export function escapeMarkdown(text: string): string {
  return text.replace(SPECIAL, '\\$&');
}

/** Takes `escapeMarkdown` back. */
export function unescapeMarkdown(text: string): string {
  return text.replace(ESCAPED, '$1');
}

/** Text as inline code, whatever backticks it contains. */
export function inlineCode(text: string): string {
  const ticks = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return ticks + pad + text + pad + ticks;
}

/** Lines as a fenced code block; the fence is longer than any run of backticks in the code. */
export function codeFence(lines: readonly string[], language: string): readonly string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [fence + language, ...lines, fence];
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
