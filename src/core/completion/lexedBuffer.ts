import { type Interner, lex } from '../text/lexer.ts';

/** A text with its tokens; line `n` (0-based) begins at `lineOffsets[n]` in the text and `lineTokens[n]` in the tokens. */
export interface LexedBuffer {
  readonly text: string;
  readonly lineOffsets: Uint32Array;
  readonly lineTokens: Uint32Array;
  readonly tokens: Uint32Array;
}

/** Lexes a whole text; `words` learns its words. */
export function lexBuffer(text: string, words: Interner): LexedBuffer {
  const lineOffsets = [0, ...lineStartsAfter(text, 0, text.length)];
  const tokens = lex(text, words);
  return {
    text,
    lineOffsets: Uint32Array.from(lineOffsets),
    lineTokens: Uint32Array.from(lineBreaksIn(tokens, 0)),
    tokens: Uint32Array.from(tokens),
  };
}

/** The lexed form of `text`, lexing only the lines in which it differs from `old`. */
export function relexBuffer(old: LexedBuffer, text: string, words: Interner): LexedBuffer {
  if (old.text === text) return old;
  const prefix = commonPrefix(old.text, text);
  const suffix = commonSuffix(old.text, text, prefix);
  // One character of margin on the left: a change may join or split a CR LF.
  const first = lineAt(old.lineOffsets, Math.max(0, prefix - 1));
  const kept = firstLineAfter(old.lineOffsets, old.text.length - suffix);
  const shift = text.length - old.text.length;
  const from = old.lineOffsets[first] ?? 0;
  const to = kept < old.lineOffsets.length ? (old.lineOffsets[kept] ?? 0) + shift : text.length;
  const middle = lex(text.slice(from, to), words);
  // The line break that ends the last changed line begins the first kept one, which brings its own.
  if (kept < old.lineOffsets.length) middle.pop();
  return splice(old, {
    first,
    kept,
    shift,
    text,
    middle,
    newStarts: [from, ...lineStartsAfter(text, from, to)],
  });
}

/** The line that holds `offset`. */
export function lineAt(lineOffsets: Uint32Array, offset: number): number {
  return firstLineAfter(lineOffsets, offset) - 1;
}

interface Change {
  readonly first: number;
  readonly kept: number;
  readonly shift: number;
  readonly text: string;
  readonly middle: readonly number[];
  readonly newStarts: readonly number[];
}

function splice(old: LexedBuffer, change: Change): LexedBuffer {
  const { first, kept, shift, text, middle } = change;
  const hasKept = kept < old.lineOffsets.length;
  const newStarts = hasKept ? change.newStarts.slice(0, -1) : change.newStarts;
  const headTokens = old.lineTokens[first] ?? 0;
  const tailTokens = old.lineTokens[kept] ?? old.tokens.length;
  const tokenShift = headTokens + middle.length - tailTokens;
  return {
    text,
    lineOffsets: joined(old.lineOffsets, first, newStarts, kept, shift),
    lineTokens: joined(old.lineTokens, first, lineBreaksIn(middle, headTokens), kept, tokenShift),
    tokens: joined(old.tokens, headTokens, middle, tailTokens, 0),
  };
}

/** `values[0…head)`, `middle`, then `values[tail…)` moved by `shift`. */
function joined(
  values: Uint32Array,
  head: number,
  middle: readonly number[],
  tail: number,
  shift: number,
): Uint32Array {
  const result = new Uint32Array(head + middle.length + Math.max(0, values.length - tail));
  result.set(values.subarray(0, head));
  result.set(middle, head);
  result.set(values.subarray(tail), head + middle.length);
  if (shift !== 0)
    for (let at = head + middle.length; at < result.length; at++) result[at] = (result[at] ?? 0) + shift;
  return result;
}

function lineBreaksIn(tokens: readonly number[], base: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < tokens.length; at++) if ((tokens[at] ?? 0) >>> 8 === 0) found.push(base + at);
  return found;
}

/** Starts of the lines that follow a line ending within `text[from…to)`. */
function lineStartsAfter(text: string, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

function firstLineAfter(lineOffsets: Uint32Array, offset: number): number {
  let low = 0;
  let high = lineOffsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lineOffsets[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function commonPrefix(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonSuffix(a: string, b: string, prefix: number): number {
  const end = Math.min(a.length, b.length) - prefix;
  let at = 0;
  while (at < end && a.charCodeAt(a.length - 1 - at) === b.charCodeAt(b.length - 1 - at)) at++;
  return at;
}

const MAX_BUFFERS = 8;

/** Lexed live buffers, most recently used last; a keystroke re-lexes only the lines it changed. */
export class BufferCache {
  readonly #words: Interner;
  readonly #buffers = new Map<string, LexedBuffer>();

  constructor(words: Interner) {
    this.#words = words;
  }

  lex(path: string, text: string): LexedBuffer {
    const old = this.#buffers.get(path);
    const lexed = old === undefined ? lexBuffer(text, this.#words) : relexBuffer(old, text, this.#words);
    this.#buffers.delete(path);
    this.#buffers.set(path, lexed);
    for (const oldest of this.#buffers.keys()) {
      if (this.#buffers.size <= MAX_BUFFERS) break;
      this.#buffers.delete(oldest);
    }
    return lexed;
  }
}
