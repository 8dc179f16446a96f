const MAX_NAME = 60;
const WORD_CODE = /[A-Za-z0-9_-]/;
const MAX_BLANKS = 60;
/** Of a line that is looked at, to either side. */
const MAX_LINE = 1_000;

/** Whether a quotation has begun in this part of a line. */
export function isInQuotes(before: string): boolean {
  let open = '';
  for (const character of before) {
    if (open === '' ? isQuote(character) : character === open) open = open === '' ? character : '';
  }
  return open !== '';
}

/** Whether the lines around are of a program: what begins or ends as only code does. */
export function isAmongCode(text: string, lineStart: number, lineEnd: number): boolean {
  const above = lastLine(text, lineStart);
  const belowStart = Math.min(text.length, lineEnd + 1);
  const below = text.slice(belowStart, Math.min(endOfLine(text, belowStart), belowStart + 200)).trim();
  return (
    /[,{(;[]$|=>$|^(?:def|class|if|for|import|return|function|const|let)\b|\($/.test(above) ||
    /^[})\]]|[;{(]$|^(?:return|if|def|for)\b/.test(below)
  );
}

const SETTING =
  /^(?:[#;!%].*|\[{1,2}[^\]]*\]{1,2}|-{3}.*|\{\{.*\}\}|- .*[^,;{(]|-|(?:- )?["']?[\w./@$-]+["']?\s*[:=](?:\s*|.*[^\s,;{(\\]))$/;
/** A call, a block or an arrow: no settings have those. */
const OF_PROGRAM = /\w\(|=>|->|^(?:return|if|for|const|let|var)\b/;

/**
 * Whether all lines nearby are of settings (YAML, INI, properties), where a word behind a name is a value. So is a line
 * without any others.
 */
export function isAmongSettings(text: string, lineStart: number, lineEnd: number): boolean {
  const above = text.slice(Math.max(0, lineStart - 300), lineStart).split('\n');
  if (lineStart > 300) above.shift();
  const below = text.slice(lineEnd, lineEnd + 300).split('\n');
  if (lineEnd + 300 < text.length) below.pop();
  return [...above, ...below].every((line) => {
    const shown = line.trim();
    return shown === '' || (SETTING.test(shown) && !OF_PROGRAM.test(shown));
  });
}

function lastLine(text: string, lineStart: number): string {
  const window = text.slice(Math.max(0, lineStart - 300), lineStart).trimEnd();
  return window.slice(window.lastIndexOf('\n') + 1).trim();
}

export function nameStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < MAX_NAME && WORD_CODE.test(text.charAt(start - 1))) start--;
  return start;
}

export function nameEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && end - at < MAX_NAME && WORD_CODE.test(text.charAt(end))) end++;
  while (text[end - 1] === '-' && end > at) end--;
  return end;
}

export function skipBlanks(text: string, from: number, lines = false): number {
  let at = from;
  while (at - from < MAX_BLANKS && (text[at] === ' ' || text[at] === '\t')) at++;
  if (!lines || (text[at] !== '\n' && text[at] !== '\r')) return at;
  let below = at;
  while (below - from < MAX_BLANKS && /\s/.test(text[below] ?? '')) below++;
  return isQuote(text[below]) ? below : at;
}

/** Where the quotation ends: at its quote in the same line, or with the text. */
export function endOfQuoted(text: string, start: number, quote: string): number | undefined {
  const line =
    quote.length >= 3 && !quote.startsWith('\\')
      ? Math.min(text.length, start + 2_000)
      : endOfLine(text, start);
  for (let at = start; at < line; at++) {
    if (text.startsWith(quote, at)) return at;
    if (text[at] === '\\' && !quote.startsWith('\\')) at++;
  }
  return line === text.length ? line : undefined;
}

export function startOfLine(text: string, at: number): number {
  const from = Math.max(0, at - MAX_LINE);
  return from + text.slice(from, at).lastIndexOf('\n') + 1;
}

export function endOfLine(text: string, from: number): number {
  const window = text.slice(from, from + MAX_LINE);
  const end = window.search(/\r?\n/);
  return from + (end === -1 ? window.length : end);
}

export function matchAt(expression: RegExp, text: string, at: number): string {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? '';
}

export function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}
