import { LineKind, type LineShapes } from './lineShapes.ts';
import { codesOf } from './codesOf.ts';

/** What indentation says about which lines belong together. */
export interface Blocks {
  /**
   * For each line the last line of the block that it opens: lines nested below it, and those at its own depth that go on
   * with it, such as a closing bracket. 0 for lines that open none.
   */
  readonly ends: Uint32Array;
  /** False where brackets and indentation disagree: unformatted code, or text of strings at the margin. */
  readonly isPlain: boolean;
}

const OPENERS = codesOf('{([');
const CLOSERS = codesOf(')]}');
const OPENING_BRACE = 123;
const SPACE = 32;
/** Labels stand at the depth of what they are in: `case` in a switch, `public:` in a class. */
const LABEL = /case\b|default\s*:|(?:public|protected|private)\s*:/y;

/** What ends something that began at the same depth. */
const END_WORD = /\}|(?:end|fi|done|esac)(?=[\s;),])(?![ \t]*[-+*/=<>!?])/y;
/** Also a comment in front of code. */
const ANNOTATION = /[@[]|#!?\[|\/\*.*\*\//y;

/** Finds the blocks of a text by how deep its lines are nested. */
export function findBlocks(text: string, shapes: LineShapes): Blocks {
  return new BlockFinder(text, shapes).run();
}

class BlockFinder {
  readonly #text: string;
  readonly #shapes: LineShapes;
  readonly #ends: Uint32Array;
  /** Lines whose blocks are open, outer before inner. */
  readonly #open: number[] = [];
  /** Lines below which a closing bracket at their own depth was seen. */
  readonly #closed = new Set<number>();
  #last = 0;
  #isPlain = true;

  constructor(text: string, shapes: LineShapes) {
    this.#text = text;
    this.#shapes = shapes;
    this.#ends = new Uint32Array(shapes.kinds.length);
  }

  run(): Blocks {
    const { kinds, indents } = this.#shapes;
    for (let line = 0; line < kinds.length; line++) {
      if (kinds[line] === LineKind.blank || this.#isAside(line)) continue;
      const indent = indents[line] ?? 0;
      while (this.#open.length > 0 && this.#topIndent() > indent) this.#close();
      if (!this.#continues(line, indent)) {
        if (this.#endsBlock(line)) this.#endFromWithin();
        this.#open.push(line);
      }
      this.#last = line;
    }
    while (this.#open.length > 0) this.#close();
    return { ends: this.#ends, isPlain: this.#isPlain };
  }

  /** Comments and directives say nothing by how deep they stand; nor do annotations, unless they open a bracket. */
  #isAside(line: number): boolean {
    if (this.#shapes.kinds[line] !== LineKind.attached) return false;
    ANNOTATION.lastIndex = this.#firstCharacter(line);
    return !ANNOTATION.test(this.#text) || !this.#opensBracket(line);
  }

  /** Whether a line goes on with an open block of its own depth. Closes those that it does not go on with. */
  #continues(line: number, indent: number): boolean {
    while (this.#open.length > 0 && this.#topIndent() === indent) {
      const top = this.#open[this.#open.length - 1] ?? 0;
      const isTopLabel = this.#isLabel(top);
      if (this.#shapes.kinds[line] === LineKind.closer && (!isTopLabel || this.#lacksCloser(top))) {
        this.#closed.add(top);
        return true;
      }
      if (!isTopLabel && this.#isLoneBrace(line)) return true;
      if (!isTopLabel && this.#isLoneBrace(this.#last)) this.#isPlain = false;
      if (!isTopLabel && this.#lacksCloser(top)) {
        if (this.#isLabel(line)) return false;
        if (!this.#closesMoreThanOpens(this.#last)) this.#isPlain = false;
      }
      this.#close();
    }
    return false;
  }

  #topIndent(): number {
    return this.#shapes.indents[this.#open[this.#open.length - 1] ?? 0] ?? 0;
  }

  #close(): void {
    const line = this.#open.pop() ?? 0;
    if (this.#last > line) this.#ends[line] = this.#last;
  }

  #lacksCloser(line: number): boolean {
    return this.#opensBracket(line) && !this.#closed.has(line);
  }

  #opensBracket(line: number): boolean {
    return OPENERS.has(this.#text.charCodeAt(this.#lastCharacter(line)));
  }

  /** Whether a line ends something, as the last line of a call over several lines does. */
  #closesMoreThanOpens(line: number): boolean {
    const end = this.#lastCharacter(line);
    let depth = 0;
    for (let at = this.#firstCharacter(line); at <= end; at++) {
      const code = this.#text.charCodeAt(at);
      if (OPENERS.has(code)) depth++;
      else if (CLOSERS.has(code)) depth--;
    }
    return depth < 0;
  }

  #isLabel(line: number): boolean {
    LABEL.lastIndex = this.#firstCharacter(line);
    return LABEL.test(this.#text);
  }

  /** Something ends deeper than the line that is around it. That line may have begun it; else indentation is no guide. */
  #endFromWithin(): void {
    const around = this.#open.at(-1);
    if (around !== undefined && this.#lacksCloser(around)) this.#closed.add(around);
    else this.#isPlain = false;
  }

  #endsBlock(line: number): boolean {
    if (this.#shapes.kinds[line] !== LineKind.closer) return false;
    END_WORD.lastIndex = this.#firstCharacter(line);
    return END_WORD.test(this.#text);
  }

  #isLoneBrace(line: number): boolean {
    const at = this.#firstCharacter(line);
    return this.#text.charCodeAt(at) === OPENING_BRACE && at === this.#lastCharacter(line);
  }

  #firstCharacter(line: number): number {
    let at = this.#shapes.starts[line] ?? 0;
    while (this.#text.charCodeAt(at) <= SPACE) at++;
    return at;
  }

  #lastCharacter(line: number): number {
    let at = (this.#shapes.starts[line + 1] ?? 0) - 1;
    while (this.#text.charCodeAt(at) <= SPACE) at--;
    return at;
  }
}
