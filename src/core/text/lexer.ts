/**
 * The one code lexer: retrieval splits its words into sub-tokens, completion matches its tokens verbatim.
 *
 * A file becomes a flat stream of 32-bit tokens, `word << 8 | gap`:
 * - `word` (24 bits) is the id an interner gave to the token's text; id 0 is the line break.
 * - `gap` (8 bits) is the white space before the token: 0…127 spaces, or 128 + n for n tabs (n ≤ 127).
 *
 * Every line, the first included, begins with a line-break token whose gap is the line's indentation, so line
 * `n` (1-based) starts at the n-th line break. Mixed or longer white space is rounded to the nearest gap: the
 * stream reproduces ordinary source exactly, and every other source up to white space.
 */

/** A token packed as described above. */
export type Token = number;

/** Maps token text to a stable id ≥ 1 below 2^24. */
export interface Interner {
  intern(text: string): number;
}

export const LINE_BREAK = 0;
const MAX_RUN = 127;
const TABS = 128;

export function packToken(word: number, gap: number): Token {
  return ((word << 8) | gap) >>> 0;
}

export function wordOf(token: Token): number {
  return token >>> 8;
}

export function gapOf(token: Token): number {
  return token & 0xff;
}

/** The white space a gap stands for. */
export function gapText(gap: number): string {
  return gap < TABS ? ' '.repeat(gap) : '\t'.repeat(gap - TABS);
}

/** The gap that stands best for a run of white space: all tabs, or its length in spaces. */
export function gapFor(tabs: number, spaces: number): number {
  return spaces === 0 && tabs > 0 ? TABS + Math.min(tabs, MAX_RUN) : Math.min(tabs + spaces, MAX_RUN);
}

// Operators of several characters that developers type as one; longest first within a leading character.
const OPERATORS = new Map<number, readonly string[]>();
for (const operator of '=== !== **= <<= >>= &&= ||= ??= ... => == != <= >= && || ?? ?. ++ -- += -= *= /= %= ** << >> -> :: := // /* */ <- ..'.split(
  ' ',
)) {
  const lead = operator.charCodeAt(0);
  OPERATORS.set(
    lead,
    [...(OPERATORS.get(lead) ?? []), operator].sort((a, b) => b.length - a.length),
  );
}

const ASCII = 128;
const IS_WORD = Uint8Array.from({ length: ASCII }, (_, code) =>
  /[\w$]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** True for letters, digits, `_`, `$` and everything outside ASCII: identifiers of any script stay whole. */
export function isWordCode(code: number): boolean {
  return code >= ASCII || IS_WORD[code] === 1;
}

/** Appends the tokens of `text` (whole lines, any line ending) to `out`; returns `out`. */
export function lex(text: string, words: Interner, out: Token[] = []): Token[] {
  let at = 0;
  let atLineStart = true;
  for (;;) {
    const gapEnd = skipWhiteSpace(text, at);
    const gap = gapBetween(text, at, gapEnd);
    at = gapEnd;
    const lineEnd = lineBreakLength(text, at);
    const isEnd = at >= text.length;
    if (atLineStart) out.push(packToken(LINE_BREAK, isEnd || lineEnd > 0 ? 0 : gap));
    if (isEnd) return out;
    if (lineEnd > 0) {
      at += lineEnd;
      atLineStart = true;
      continue;
    }
    const end = tokenEnd(text, at);
    out.push(packToken(words.intern(text.slice(at, end)), atLineStart ? 0 : gap));
    atLineStart = false;
    at = end;
  }
}

function skipWhiteSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 0xfeff && code !== 12 && code !== 11) return at;
    at++;
  }
}

function gapBetween(text: string, start: number, end: number): number {
  if (start === end) return 0;
  let tabs = 0;
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === 9) tabs++;
  return gapFor(tabs, end - start - tabs);
}

/** Length of the line ending at `at`: 0 when there is none, 2 for CR LF. */
function lineBreakLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 10) return 1;
  if (code !== 13) return 0;
  return text.charCodeAt(at + 1) === 10 ? 2 : 1;
}

function tokenEnd(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (isWordCode(code)) {
    let end = start + 1;
    while (end < text.length && isWordCode(text.charCodeAt(end))) end++;
    return end;
  }
  for (const operator of OPERATORS.get(code) ?? []) {
    if (text.startsWith(operator, start)) return start + operator.length;
  }
  return start + 1;
}

/** Renders tokens back to text; a line break becomes `\n` and its gap the next line's indentation. */
export function render(tokens: Iterable<Token>, textOf: (word: number) => string): string {
  let text = '';
  for (const token of tokens) {
    const word = wordOf(token);
    text += word === LINE_BREAK ? `\n${gapText(gapOf(token))}` : gapText(gapOf(token)) + textOf(word);
  }
  return text;
}
