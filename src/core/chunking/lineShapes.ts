import { lineStarts } from '../text/lines.ts';
import { isWordCode } from '../text/lexer.ts';
import { codesOf } from './codesOf.ts';

/** What a line means for cutting, judged by its first characters only: the same for every language. */
export const LineKind = { blank: 0, code: 1, closer: 2, attached: 3, text: 4 } as const;
export type LineKind = (typeof LineKind)[keyof typeof LineKind];

/** Parallel columns, an entry a line. */
export interface LineShapes {
  /** Offset of the line's first character; one more entry at the end holds the text's length. */
  readonly starts: readonly number[];
  readonly kinds: Uint8Array;
  /** Columns of indentation, a tab being four; 0 for blank lines. */
  readonly indents: Uint16Array;
  /** Columns of one level of nesting in this text. */
  readonly indentUnit: number;
}

const TAB_COLUMNS = 4;
const MAX_INDENT = 400;
const SPACE = 32;
const TAB = 9;

/** Judges every line of a text in one pass. */
export function lineShapes(text: string): LineShapes {
  const starts = lineStarts(text);
  const count = starts.length;
  const kinds = new Uint8Array(count);
  const indents = new Uint16Array(count);
  const decorated = new Set<number>();
  let indentUnit = 8;
  starts.push(text.length);
  for (let line = 0; line < count; line++) {
    const end = starts[line + 1] ?? text.length;
    let at = starts[line] ?? 0;
    let indent = 0;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === TAB) indent += TAB_COLUMNS;
      else if (code === SPACE) indent++;
      else break;
    }
    let kind = kindOf(text, at, end);
    if (kind === LineKind.blank) continue;
    indent = Math.min(indent + (isItem(text, at) ? 1 : 0), MAX_INDENT);
    // The `})` of a decorator over several lines still belongs to the declaration below.
    if (kind === LineKind.closer && decorated.has(indent)) kind = LineKind.attached;
    if (kind !== LineKind.closer) setMember(decorated, indent, text.charCodeAt(at) === AT_SIGN);
    if (kind === LineKind.code && indent > 1 && indent < indentUnit) indentUnit = indent;
    kinds[line] = kind;
    indents[line] = indent;
  }
  return { starts, kinds, indents, indentUnit };
}

function setMember(set: Set<number>, member: number, isIn: boolean): void {
  if (isIn) set.add(member);
  else if (set.size > 0) set.delete(member);
}

const AT_SIGN = 64;
const SLASH = 47;
const STAR = 42;
const DASH = 45;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;
const OPENERS = codesOf('({');
const CLOSERS = codesOf(')]}');
const CLOSING_WORDS =
  /(?:else|elif|elsif|except|finally|catch|then|(?:end|fi|done|esac)(?![ \t]*[-+*/=<>!?(]))\b/y;
// `e`, `c`, `f`, `t`, `d`: the initials of the words above.
const CLOSING_INITIALS = codesOf('ecftd');
// Comments of shells, Python, Ruby, Lisp, TeX; attributes of Rust; directives of C; headings of Markdown.
const ATTACHED = codesOf('#@;%');
const PRIVATE_METHOD = /(?<!\S)#[\w$]+(?:<.{0,100}>)?\(/y;

function kindOf(text: string, at: number, end: number): LineKind {
  if (at >= end) return LineKind.blank;
  const code = text.charCodeAt(at);
  if (code < SPACE) return LineKind.blank;
  if (CLOSERS.has(code)) return LineKind.closer;
  if (ATTACHED.has(code)) return isPrivateMethod(text, at, end) ? LineKind.code : LineKind.attached;
  if (code === OPENING_BRACKET) return isBracketed(text, at, end) ? LineKind.attached : LineKind.code;
  if (CLOSING_INITIALS.has(code)) {
    CLOSING_WORDS.lastIndex = at;
    return CLOSING_WORDS.test(text) ? LineKind.closer : LineKind.code;
  }
  return isComment(code, text.charCodeAt(at + 1)) ? LineKind.attached : LineKind.code;
}

/** The items of a list in YAML may stand at the depth of its name. They are in it all the same. */
function isItem(text: string, at: number): boolean {
  return text.charCodeAt(at) === DASH && !(text.charCodeAt(at + 1) > SPACE);
}

/** The head of a private method in JavaScript, rather than a comment or a directive. */
function isPrivateMethod(text: string, at: number, end: number): boolean {
  PRIVATE_METHOD.lastIndex = at;
  return PRIVATE_METHOD.test(text) && OPENERS.has(text.charCodeAt(lastSign(text, end)));
}

/** An attribute of C# or the name of a table in TOML, alone on its line: what it is about stands below. */
function isBracketed(text: string, at: number, end: number): boolean {
  if (!isWordCode(text.charCodeAt(at + 1)) && text.charCodeAt(at + 1) !== OPENING_BRACKET) return false;
  return text.charCodeAt(lastSign(text, end)) === CLOSING_BRACKET;
}

function lastSign(text: string, end: number): number {
  let last = end - 1;
  while (text.charCodeAt(last) <= SPACE) last--;
  return last;
}

function isComment(first: number, second: number): boolean {
  if (first === SLASH) return second === SLASH || second === STAR;
  if (first === STAR) return !(second > SPACE) || second === SLASH || second === STAR;
  return first === DASH && second === DASH;
}
