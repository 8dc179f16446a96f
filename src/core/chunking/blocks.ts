import { LineKind, type LineShapes } from './lineShapes.ts';
import { LineSigns } from './lineSigns.ts';

/** What indentation says about which lines belong together. */
export interface Blocks {
  /**
   * For each line the last line of the block that it opens: lines nested below it, and those at its own depth that go on
   * with it, such as a closing bracket; or of the comment that it opens. 0 for lines that open none.
   */
  readonly ends: Uint32Array;
  /**
   * For each line the last line of the part of a block that it opens: from `if (a) {` to `} else {`, and from that to the
   * `}` below. 0 for lines that open none.
   */
  readonly partEnds: Uint32Array;
  /** False where brackets and indentation disagree: unformatted code, or text of strings at the margin. */
  readonly isPlain: boolean;
}

/** Finds the blocks of a text by how deep its lines are nested. */
export function findBlocks(text: string, shapes: LineShapes): Blocks {
  return new BlockFinder(text, shapes).run();
}

class BlockFinder {
  readonly #shapes: LineShapes;
  readonly #signs: LineSigns;
  readonly #ends: Uint32Array;
  readonly #partEnds: Uint32Array;
  /** Lines whose blocks are open, outer before inner. */
  readonly #open: number[] = [];
  /** By the first line of an open block of several parts, the first line of its last part. */
  readonly #lastParts = new Map<number, number>();
  /** Lines that wait for no closing bracket: one was seen at their own depth, or will be at that of a line around. */
  readonly #closed = new Set<number>();
  /** The line on which the comment begins that is being read, if any. */
  #comment: number | undefined;
  #last = 0;
  #isPlain = true;

  constructor(text: string, shapes: LineShapes) {
    this.#shapes = shapes;
    this.#signs = new LineSigns(text, shapes);
    this.#ends = new Uint32Array(shapes.kinds.length);
    this.#partEnds = new Uint32Array(shapes.kinds.length);
  }

  run(): Blocks {
    const { kinds } = this.#shapes;
    for (let line = 0; line < kinds.length; line++) {
      if (kinds[line] === LineKind.blank) continue;
      if (this.#signs.isAside(line)) {
        this.#readAside(line);
        continue;
      }
      if (kinds[line] !== LineKind.text) this.#readCode(line);
      this.#last = line;
    }
    while (this.#open.length > 0) this.#close();
    return { ends: this.#ends, partEnds: this.#partEnds, isPlain: this.#isPlain };
  }

  #readAside(line: number): void {
    if (this.#signs.beginsComment(line)) this.#comment = line;
    if (this.#comment === undefined || !this.#signs.endsComment(line)) return;
    if (line > this.#comment) this.#ends[this.#comment] = line;
    this.#comment = undefined;
  }

  #readCode(line: number): void {
    const indent = this.#shapes.indents[line] ?? 0;
    while (this.#open.length > 0 && this.#topIndent() > indent) this.#close();
    if (this.#continues(line, indent)) return;
    if (this.#signs.endsBlock(line)) this.#endFromWithin();
    if (this.#open.length > 0 && this.#signs.isHanging(line)) this.#closed.add(line);
    this.#open.push(line);
  }

  /** Whether a line goes on with an open block of its own depth. Closes those that it does not go on with. */
  #continues(line: number, indent: number): boolean {
    while (this.#open.length > 0 && this.#topIndent() === indent) {
      const top = this.#open.at(-1) ?? 0;
      if (this.#signs.isLabel(top) ? this.#continuesLabel(line, top) : this.#continuesCode(line, top))
        return true;
      if (this.#lacksCloser(top) && this.#signs.isLabel(line) && !this.#signs.isLabel(top)) return false;
      this.#close();
    }
    return false;
  }

  #continuesLabel(line: number, top: number): boolean {
    const isCloser = this.#shapes.kinds[line] === LineKind.closer && this.#lacksCloser(top);
    if (isCloser) this.#beginPart(line, top);
    return isCloser;
  }

  #continuesCode(line: number, top: number): boolean {
    const lacksCloser = this.#lacksCloser(top);
    if (this.#shapes.kinds[line] === LineKind.closer) {
      this.#beginPart(line, top);
      return true;
    }
    if (lacksCloser && this.#signs.closesBeforeItOpens(line)) {
      this.#closed.add(top);
      return true;
    }
    if (this.#signs.isLoneBrace(line) && !this.#signs.isEnd(this.#last)) return true;
    if (this.#signs.isLoneBrace(this.#last)) this.#isPlain = false;
    const isAmiss = lacksCloser && !this.#signs.isLabel(line) && !this.#signs.closesMoreThanOpens(this.#last);
    if (isAmiss) this.#isPlain = false;
    return false;
  }

  /** A line such as `} else {` ends one part of the block that `top` opens and begins the next. */
  #beginPart(line: number, top: number): void {
    this.#closed.add(top);
    const part = this.#lastParts.get(top) ?? top;
    const end = this.#signs.beginsWithCloser(line) ? line : this.#last;
    if (end > part) this.#partEnds[part] = end;
    this.#lastParts.set(top, line);
  }

  #topIndent(): number {
    return this.#shapes.indents[this.#open.at(-1) ?? 0] ?? 0;
  }

  #close(): void {
    const line = this.#open.pop() ?? 0;
    if (this.#last > line) this.#ends[line] = this.#last;
    const part = this.#lastParts.get(line);
    if (part !== undefined && this.#last > part) this.#partEnds[part] = this.#last;
  }

  #lacksCloser(line: number): boolean {
    return this.#signs.opensBracket(line) && !this.#closed.has(line);
  }

  /** Something ends deeper than the line that is around it. That line may have begun it; else indentation is no guide. */
  #endFromWithin(): void {
    const around = this.#open.at(-1);
    if (around !== undefined && this.#lacksCloser(around)) this.#closed.add(around);
    else this.#isPlain = false;
  }
}
