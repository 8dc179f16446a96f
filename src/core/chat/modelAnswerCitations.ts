import { closesFence } from '../text/codeBlocks.ts';

// Each looks at so much and no more: what is held back is looked at again with every part.
const FENCE_BEGIN = /^[ \t]{0,200}(`{3,200}|~{3,200})/;
const MAYBE_FENCE = /^[ \t]{0,200}(?:`{0,200}|~{0,200})$/;
const CITATION = /^\[(?=[\d\s,;]{1,100}\])\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]/;
const MAYBE_CITATION = /^\[[\d\s,;]{0,100}$/;
const BACKTICKS = /^`{1,100}/;
const BLANKS = /^ {1,64}/;
/** Longer inline code is none: its marks are plain text. */
const MAX_INLINE_CODE = 1_000;
const PLAIN = /^[^`[\\\n ]+/;

/**
 * Rewrites a model's Markdown while it streams: block numbers become citation numbers, from 1 in order of appearance,
 * and numbers of blocks that the model was never shown are taken out. Code is left as it is. However the text is cut
 * into parts, the result is the same; only what may still become a citation or code is held back.
 */
export class CitationStream {
  readonly #blockCount: number;
  /** Block numbers in order of appearance. */
  readonly #cited: number[] = [];
  #invented = 0;
  #pending = '';
  #isLineStart = true;
  /** The marks that close the code block around the current place. */
  #fence: string | undefined;
  #isAfterCitation = false;

  /** Blocks 1 to `blockCount` were shown. */
  constructor(blockCount: number) {
    this.#blockCount = blockCount;
  }

  /** The block behind each citation number: the first is that of `[1]`. */
  get cited(): readonly number[] {
    return this.#cited;
  }

  /** How often a block was cited that does not exist. */
  get invented(): number {
    return this.#invented;
  }

  /** Takes a part and returns what is ready to be shown. */
  push(part: string): string {
    this.#pending += part;
    return this.#drain(false);
  }

  /** Returns what was held back. */
  end(): string {
    return this.#drain(true);
  }

  #drain(isEnd: boolean): string {
    let out = '';
    while (this.#pending !== '') {
      const next = this.#fence === undefined ? this.#takeProse(isEnd) : this.#takeCode(this.#fence, isEnd);
      if (next === undefined) break;
      out += next;
    }
    return out;
  }

  /** Inside a code block; `undefined` when more must be known. */
  #takeCode(fence: string, isEnd: boolean): string | undefined {
    const lineEnd = this.#pending.indexOf('\n');
    if (lineEnd < 0 && this.#isLineStart && !isEnd && MAYBE_FENCE.test(this.#pending.trimEnd()))
      return undefined;
    const line = lineEnd < 0 ? this.#pending : this.#pending.slice(0, lineEnd);
    if (this.#isLineStart && closesFence(fence, line)) this.#fence = undefined;
    this.#isLineStart = lineEnd >= 0;
    return this.#take(lineEnd < 0 ? line.length : lineEnd + 1);
  }

  #takeProse(isEnd: boolean): string | undefined {
    if (this.#isLineStart) {
      const fence = FENCE_BEGIN.exec(this.#pending);
      const isOpen = fence ? fence[0].length === this.#pending.length : MAYBE_FENCE.test(this.#pending);
      if (isOpen && !isEnd) return undefined;
      this.#isLineStart = false;
      if (fence) {
        this.#fence = fence[1];
        return this.#take(fence[0].length);
      }
    }
    switch (this.#pending[0]) {
      case '\n':
        this.#isLineStart = true;
        return this.#take(1);
      case '\\':
        return this.#pending.length === 1 && !isEnd ? undefined : this.#take(2);
      case '`':
        return this.#takeInlineCode(isEnd);
      case ' ':
      case '[':
        return this.#takeBracket(isEnd);
      default:
        return this.#take(PLAIN.exec(this.#pending)?.[0].length ?? 1);
    }
  }

  /** A code span ends with its line at the latest; without an end within bounds, its marks are plain text. */
  #takeInlineCode(isEnd: boolean): string | undefined {
    const marks = BACKTICKS.exec(this.#pending)?.[0] ?? '';
    const limit = 2 * marks.length + MAX_INLINE_CODE + 1;
    const head = this.#pending.slice(0, limit);
    const lineEnd = head.indexOf('\n');
    const line = lineEnd < 0 ? head : head.slice(0, lineEnd);
    const isWhole = lineEnd >= 0 || head.length === limit || isEnd;
    const rest = line.slice(marks.length);
    const closing = [...rest.matchAll(/`+/g)].find(([run]) => run === marks);
    const reachesEnd = closing !== undefined && closing.index + marks.length === rest.length;
    if ((closing === undefined || reachesEnd) && !isWhole) return undefined;
    return this.#take(closing === undefined ? marks.length : 2 * marks.length + closing.index);
  }

  /** Blanks and a bracket: blanks go together with a citation that goes. */
  #takeBracket(isEnd: boolean): string | undefined {
    const blanks = BLANKS.exec(this.#pending)?.[0] ?? '';
    const rest = this.#pending.slice(blanks.length);
    const found = CITATION.exec(rest);
    if (!found) {
      if (!isEnd && (rest === '' || MAYBE_CITATION.test(rest))) return undefined;
      return this.#take(Math.max(1, blanks.length));
    }
    const numbers = (found[1] ?? '').split(/[,;]/).map(Number);
    // Counted from 0, so it indexes something and cites nothing.
    if (numbers.includes(0)) return this.#take(blanks.length + 1);
    const shown = numbers.flatMap((number) => this.#shownNumber(number));
    const isAfterCitation = this.#isAfterCitation && blanks === '';
    this.#pending = rest.slice(found[0].length);
    if (shown.length === 0) return '';
    this.#isAfterCitation = true;
    return (isAfterCitation ? ' ' : blanks) + shown.map((number) => `[${number}]`).join(' ');
  }

  #shownNumber(block: number): readonly number[] {
    if (block > this.#blockCount) {
      this.#invented++;
      return [];
    }
    if (!this.#cited.includes(block)) this.#cited.push(block);
    return [this.#cited.indexOf(block) + 1];
  }

  /** A citation must not become a link's text or label, so what would make it one is moved away. */
  #take(length: number): string {
    const text = this.#pending.slice(0, length);
    this.#pending = this.#pending.slice(length);
    const isLink = this.#isAfterCitation && /^[(:]/.test(text);
    this.#isAfterCitation = false;
    return isLink ? ` ${text}` : text;
  }
}
