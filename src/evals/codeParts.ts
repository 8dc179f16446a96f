import type { Language } from './languages.ts';

const C_ASIDES =
  /\/\/[^\n\r]*|\/\*[^]*?(?:\*\/|$)|"(?:\\.|[^"\\\n\r])*"?|'(?:\\.|[^'\\\n\r])*'?|`(?:\\[^]|[^`\\])*`?/g;
const HASH_ASIDES =
  /#[^\n\r]*|"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n\r])*"?|'(?:\\.|[^'\\\n\r])*'?/g;
/** Lifetimes and type variables: an apostrophe that opens nothing. */
const RUST_ASIDES = /\/\/[^\n\r]*|\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\])*"?|'(?:\\.|[^'\\\n\r])'/g;

/** Tells code from comments and from what is inside of strings, by the signs of the language and no grammar. */
export class CodeParts {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #comments = new Set<number>();
  /** Strings and block comments that no sign closes. */
  readonly unclosed: number;

  constructor(text: string, language: Language) {
    const asides = language.name === 'Rust' ? RUST_ASIDES : language.signs === 'c' ? C_ASIDES : HASH_ASIDES;
    let unclosed = 0;
    for (const { index, 0: aside } of text.matchAll(asides)) {
      this.#starts.push(index);
      this.#ends.push(index + aside.length);
      if (/^(?:\/[/*]|#)/.test(aside)) this.#comments.add(index);
      if (!isClosed(aside)) unclosed++;
    }
    this.unclosed = unclosed;
  }

  /** Whether the character at `offset` is code. The quote that opens a string is; what follows it is not. */
  isCode(offset: number): boolean {
    const at = this.#lastStart(offset);
    const start = this.#starts[at];
    if (start === undefined || offset >= (this.#ends[at] ?? 0)) return true;
    return offset === start && !this.#comments.has(start);
  }

  /** Where the first comment between the offsets begins; `end` when there is none. */
  commentIn(start: number, end: number): number {
    for (let at = this.#lastStart(start) + 1; (this.#starts[at] ?? end) < end; at++) {
      const aside = this.#starts[at] ?? end;
      if (this.#comments.has(aside)) return aside;
    }
    return end;
  }

  #lastStart(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function isClosed(aside: string): boolean {
  if (/^(?:\/\/|#)/.test(aside)) return true;
  if (aside.startsWith('/*')) return aside.length > 3 && aside.endsWith('*/');
  const [quote = ''] = /^(?:"""|'''|.)/.exec(aside) ?? [];
  return aside.length >= 2 * quote.length && aside.endsWith(quote) && !endsEscaped(aside);
}

/** Whether the last character is one that a backslash makes part of the string. */
function endsEscaped(aside: string): boolean {
  const [backslashes = ''] = /(?<!\\)\\*(?=.$)/.exec(aside) ?? [];
  return backslashes.length % 2 === 1;
}
