import type { SkipReason } from '../ports/indexStore.ts';

const MIN_MINIFIED_CHARS = 4096;
const MINIFIED_MEAN_LINE = 400;
// Source has long lines too (regular expressions, lists of names), but neither this long nor little else.
const LONG_LINE = 5000;
const MAX_LONG_LINE_SHARE = 0.8;
const HEAD_CHARS = 2000;

// A line that opens with a comment sign in any language, up to its end; a string or a regular expression is none.
const LEADING_COMMENT = /^[ \t]*(?:\/[/*]|[*#;%]|--|['"](?=[ \t-])|<!--|<%|\(\*|\{-).*$/gm;
const GENERATED =
  /@generated\b|<auto-?generated|\bgenerated\b[^]{0,200}?\bdo not (?:edit|modify|change)\b|\bdo not (?:edit|modify|change)\b[^]{0,200}?\bgenerated\b/i;

/** Why a file with this text is not worth indexing; `undefined` when it is. */
export function skipByText(text: string): SkipReason | undefined {
  if (isMinified(text)) return 'minified';
  return isGenerated(text) ? 'generated' : undefined;
}

/** Lines are very long on average, or most of the text is in lines that nobody would write. */
function isMinified(text: string): boolean {
  if (text.length < MIN_MINIFIED_CHARS) return false;
  let lines = 0;
  let charsInLongLines = 0;
  for (let start = 0; start < text.length; lines++) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak < 0 ? text.length : lineBreak + 1;
    if (end - start > LONG_LINE) charsInLongLines += end - start;
    start = end;
  }
  return text.length / lines > MINIFIED_MEAN_LINE || charsInLongLines > text.length * MAX_LONG_LINE_SHARE;
}

/** Comments in the first lines say that a program wrote the file. */
function isGenerated(text: string): boolean {
  const head = text.slice(0, HEAD_CHARS);
  if (!/generated/i.test(head)) return false;
  const comments = [...head.matchAll(LEADING_COMMENT)].slice(0, 20).map(([line]) => line);
  return GENERATED.test(comments.join('\n'));
}
