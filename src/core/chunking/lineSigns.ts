import { codesOf } from './codesOf.ts';
import { LineKind, type LineShapes } from './lineShapes.ts';

const OPENERS = codesOf('{([');
const CLOSERS = codesOf(')]}');
/** Behind a closing bracket: that nothing more of it follows. */
const ENDS = codesOf('},;');
const OPENING_BRACE = 123;
const SPACE = 32;
/** Labels stand at the depth of what they are in: `case` in a switch, `public:` in a class. */
const LABEL = /case\b|default\s*:|(?:public|protected|private)\s*:/y;
/** What ends something that began at the same depth. */
const END_WORD = /\}|(?:end|fi|done|esac)(?=[\s;),])(?![ \t]*[-+*/=<>!?])/y;
/** Also a comment in front of code. */
const ANNOTATION = /[@[]|#!?\[|\/\*.{0,100}\*\//y;
/** What goes on with the expression above. */
const CONTINUATION = /\??\.(?!\.)|&&|\|\|/y;

/** What the first and the last signs of a line that is not blank tell of it. */
export class LineSigns {
  readonly #text: string;
  readonly #shapes: LineShapes;

  constructor(text: string, shapes: LineShapes) {
    this.#text = text;
    this.#shapes = shapes;
  }

  /** Comments and directives say nothing by how deep they stand; nor do annotations, unless they open a bracket. */
  isAside(line: number): boolean {
    if (this.#shapes.kinds[line] !== LineKind.attached) return false;
    return !this.#begins(line, ANNOTATION) || !this.opensBracket(line);
  }

  beginsComment(line: number): boolean {
    return this.#text.startsWith('/*', this.#firstSign(line));
  }

  endsComment(line: number): boolean {
    return this.#text.startsWith('*/', this.#lastSign(line) - 1);
  }

  isLabel(line: number): boolean {
    return this.#begins(line, LABEL);
  }

  endsBlock(line: number): boolean {
    return this.#shapes.kinds[line] === LineKind.closer && this.#begins(line, END_WORD);
  }

  opensBracket(line: number): boolean {
    // Otherwise the last sign is one of text that begins here.
    return this.#shapes.kinds[line + 1] !== LineKind.text && OPENERS.has(this.#lastCode(line));
  }

  beginsWithCloser(line: number): boolean {
    return CLOSERS.has(this.#firstCode(line));
  }

  isLoneBrace(line: number): boolean {
    return this.#firstCode(line) === OPENING_BRACE && this.#firstSign(line) === this.#lastSign(line);
  }

  /** Whether nothing goes on behind a closing bracket at the head of a line. */
  isEnd(line: number): boolean {
    return this.beginsWithCloser(line) && ENDS.has(this.#lastCode(line));
  }

  /** Whether a line ends something, as the last line of a call over several lines does. */
  closesMoreThanOpens(line: number): boolean {
    return this.#bracketDepths(line).atEnd < 0;
  }

  /** Whether a bracket ends in a line that began above it, as in `b) {`. */
  closesBeforeItOpens(line: number): boolean {
    return this.#bracketDepths(line).lowest < 0;
  }

  /**
   * Whether a line is the last of a head over several lines. The bracket that it opens ends at the depth of the head's
   * first line, and what is in it may be no deeper than itself.
   */
  isHanging(line: number): boolean {
    return this.opensBracket(line) && (this.#begins(line, CONTINUATION) || this.closesBeforeItOpens(line));
  }

  #bracketDepths(line: number): { readonly lowest: number; readonly atEnd: number } {
    const last = this.#lastSign(line);
    let depth = 0;
    let lowest = 0;
    for (let at = this.#firstSign(line); at <= last; at++) {
      const code = this.#text.charCodeAt(at);
      if (OPENERS.has(code)) depth++;
      else if (CLOSERS.has(code)) lowest = Math.min(lowest, --depth);
    }
    return { lowest, atEnd: depth };
  }

  /** @param sticky a regular expression that matches where it is told to */
  #begins(line: number, sticky: RegExp): boolean {
    sticky.lastIndex = this.#firstSign(line);
    return sticky.test(this.#text);
  }

  #firstCode(line: number): number {
    return this.#text.charCodeAt(this.#firstSign(line));
  }

  #lastCode(line: number): number {
    return this.#text.charCodeAt(this.#lastSign(line));
  }

  #firstSign(line: number): number {
    let at = this.#shapes.starts[line] ?? 0;
    while (this.#text.charCodeAt(at) <= SPACE) at++;
    return at;
  }

  #lastSign(line: number): number {
    let at = (this.#shapes.starts[line + 1] ?? 0) - 1;
    while (this.#text.charCodeAt(at) <= SPACE) at--;
    return at;
  }
}
