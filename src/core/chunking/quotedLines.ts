import { codesOf } from './codesOf.ts';

/** What a line begins inside of. */
export const Quoted = { nothing: 0, text: 1, comment: 2 } as const;
type Quoted = (typeof Quoted)[keyof typeof Quoted];

const SCRIPT = /\.[cm]?[jt]sx?$/i;
const GO = /\.go$/i;

const NEWLINE = 10;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const DOLLAR = 36;
const SINGLE_QUOTE = 39;
const STAR = 42;
const SLASH = 47;
const OPENING_SQUARE = 91;
const BACKSLASH = 92;
const CLOSING_SQUARE = 93;
const BACKTICK = 96;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;

/** What a slash behind it divides; behind anything else that is no word a regular expression begins. */
const OPERAND_ENDS = codesOf(')]"\'`');
const WORD_CHARACTER = /[\w$\u0080-\uffff]/;
const BEFORE_EXPRESSION =
  /(?<![\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|do|else|instanceof|yield|await)$/;
const LONGEST_BEFORE_EXPRESSION = 12;

/**
 * For each line what it begins inside of: text or a comment over several lines. `undefined` where there is no such text,
 * for languages whose quotes are not known here, and where what is quoted does not end: then it was not read right.
 *
 * @param starts offset of each line's first character; one more entry at the end holds the text's length
 */
export function quotedLines(path: string, text: string, starts: readonly number[]): Uint8Array | undefined {
  const isScript = SCRIPT.test(path);
  if (!isScript && !GO.test(path)) return undefined;
  const scanner = new QuoteScanner(text, starts, isScript);
  return scanner.run() && scanner.lines.includes(Quoted.text) ? scanner.lines : undefined;
}

class QuoteScanner {
  readonly lines: Uint8Array;
  readonly #text: string;
  readonly #starts: readonly number[];
  /** Whether backticks may hold code, and slashes regular expressions. */
  readonly #isScript: boolean;
  /** For each text whose embedded code is being read, outer before inner, how many braces are open in that code. */
  readonly #embedded: number[] = [];
  #at = 0;
  #line = 0;
  /** Where the last sign of code is. */
  #lastSign = -1;
  /** As far as slashes divide, no regular expression having ended on the line. */
  #dividesBefore = 0;

  constructor(text: string, starts: readonly number[], isScript: boolean) {
    this.#text = text;
    this.#starts = starts;
    this.#isScript = isScript;
    this.lines = new Uint8Array(starts.length - 1);
  }

  /** Whether all that is quoted ends. */
  run(): boolean {
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at);
      if (!this.#skip(code)) return false;
    }
    return this.#embedded.length === 0;
  }

  /** Goes on behind what begins here. False where that has no end. */
  #skip(code: number): boolean {
    if (code === SLASH && this.#skipComment()) return true;
    const start = this.#at;
    this.#at++;
    if (code <= SPACE) return true;
    let isSound = true;
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) isSound = this.#skipString(code);
    else if (code === BACKTICK) isSound = this.#skipRaw(start);
    else if (code === SLASH) this.#skipRegex();
    else if (this.#embedded.length > 0) isSound = this.#skipBrace(code, start);
    this.#lastSign = this.#at - 1;
    return isSound;
  }

  #skipComment(): boolean {
    const next = this.#text.charCodeAt(this.#at + 1);
    if (next !== SLASH && next !== STAR) return false;
    const start = this.#at;
    const end = next === SLASH ? this.#text.indexOf('\n', start) : this.#text.indexOf('*/', start + 2) + 1;
    this.#at = end > start ? end + 1 : this.#text.length;
    if (next === STAR) this.#mark(start, this.#at, Quoted.comment);
    return true;
  }

  #skipString(quote: number): boolean {
    const start = this.#at - 1;
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === BACKSLASH) this.#skipEscaped();
      else if (code === NEWLINE) return false;
      else if (code === quote) return this.#endText(start);
    }
    return false;
  }

  #skipEscaped(): void {
    this.#at += this.#text.startsWith('\r\n', this.#at + 1) ? 2 : 1;
  }

  /** From behind a backtick, or the brace that ends code in it, to the end or the next code in it. */
  #skipRaw(start: number): boolean {
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === BACKTICK) return this.#endText(start);
      if (!this.#isScript) continue;
      if (code === BACKSLASH) this.#at++;
      else if (code === DOLLAR && this.#text.charCodeAt(this.#at + 1) === OPENING_BRACE) {
        this.#embedded.push(0);
        this.#at++;
        return this.#endText(start);
      }
    }
    return false;
  }

  #endText(start: number): true {
    this.#at++;
    this.#mark(start, this.#at - 1, Quoted.text);
    return true;
  }

  #skipBrace(code: number, start: number): boolean {
    const depth = this.#embedded.at(-1) ?? 0;
    if (code === OPENING_BRACE) this.#embedded[this.#embedded.length - 1] = depth + 1;
    if (code !== CLOSING_BRACE) return true;
    if (depth > 0) {
      this.#embedded[this.#embedded.length - 1] = depth - 1;
      return true;
    }
    this.#embedded.pop();
    return this.#skipRaw(start);
  }

  /** Stays where it is when the slash divides. */
  #skipRegex(): void {
    if (!this.#isScript || this.#at < this.#dividesBefore || !this.#isBeforeExpression()) return;
    let isInClass = false;
    let at = this.#at;
    for (; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === NEWLINE) break;
      if (code === BACKSLASH) at++;
      else if (code === OPENING_SQUARE) isInClass = true;
      else if (code === CLOSING_SQUARE) isInClass = false;
      else if (code === SLASH && !isInClass) {
        this.#at = at + 1;
        return;
      }
    }
    this.#dividesBefore = at;
  }

  #isBeforeExpression(): boolean {
    if (OPERAND_ENDS.has(this.#text.charCodeAt(this.#lastSign))) return false;
    if (!WORD_CHARACTER.test(this.#text.charAt(this.#lastSign))) return true;
    const end = this.#lastSign + 1;
    return BEFORE_EXPRESSION.test(this.#text.slice(Math.max(0, end - LONGEST_BEFORE_EXPRESSION), end));
  }

  /** Marks the lines that begin behind `start`, up to `end`. */
  #mark(start: number, end: number, quoted: Quoted): void {
    while ((this.#starts[this.#line] ?? Infinity) <= start) this.#line++;
    for (; this.#line < this.lines.length && (this.#starts[this.#line] ?? 0) <= end; this.#line++) {
      this.lines[this.#line] = quoted;
    }
  }
}
