import { codeFrame } from './codeFrame.ts';
import { highlight } from './highlight.ts';
import { sanitise } from './sanitise.ts';

/** Lines that are highlighted together while code arrives: what one frame may cost. */
const SEGMENT_LINES = 50;

/** Longer code keeps its segments: highlighting it as a whole would be felt. */
const MAX_WHOLE_LENGTH = 40_000;

/**
 * A code block that grows. Only its last segment is drawn again; a string or comment that spans two segments is
 * coloured right once the block is finished.
 */
export class CodeElement {
  readonly element: HTMLElement;
  readonly #code: HTMLElement;
  readonly #language: string;
  #segment: HTMLElement;
  /** Where the last segment starts in the code. */
  #segmentStart = 0;

  constructor(language: string) {
    this.#language = language;
    this.element = document.createElement('div');
    this.element.append(sanitise(codeFrame(language, '')));
    this.#code = this.element.querySelector('code') ?? this.element;
    this.#segment = this.#addSegment();
  }

  /** `code` starts with the code of the last call. */
  update(code: string): void {
    let end = endOfLine(code, this.#segmentStart, SEGMENT_LINES);
    while (end < code.length) {
      this.#draw(this.#segment, code.slice(this.#segmentStart, end));
      this.#segment = this.#addSegment();
      this.#segmentStart = end;
      end = endOfLine(code, end, SEGMENT_LINES);
    }
    this.#draw(this.#segment, code.slice(this.#segmentStart));
  }

  /** `code` is complete. */
  finish(code: string): void {
    if (code.length > MAX_WHOLE_LENGTH) this.update(code);
    else this.#draw(this.#code, code);
  }

  #addSegment(): HTMLElement {
    const segment = document.createElement('span');
    segment.className = 'segment';
    this.#code.append(segment);
    return segment;
  }

  #draw(target: HTMLElement, code: string): void {
    target.replaceChildren(sanitise(highlight(code, this.#language)));
  }
}

/** The offset behind the `count`th line from `start`, or the text's length when there are fewer. */
function endOfLine(text: string, start: number, count: number): number {
  let end = start;
  for (let line = 0; line < count; line++) {
    const at = text.indexOf('\n', end);
    if (at < 0) return text.length;
    end = at + 1;
  }
  return end;
}
