import type { LocatedCitation } from '../../../core/ports/chatMessage.ts';
import { type AnswerBlock, AnswerBlocks } from './answerBlocks.ts';
import { renderCitation } from './citation.ts';
import { codeFrame } from './codeFrame.ts';
import { highlight } from './highlight.ts';
import { createMarkdown } from './markdownToHtml.ts';
import { markHidden } from '../../shared/hiddenCharacters.ts';
import { sanitise } from './sanitise.ts';

export interface AnswerContent {
  readonly text: string;
  readonly isStreaming: boolean;
  readonly citations: readonly LocatedCitation[];
}

/** More than the host lets a model write. Of a longer answer, from wherever it came, only the beginning is drawn. */
const MAX_LENGTH = 400_000;

/** Rendering costs many times what text costs, so an answer of more blocks ends as text. */
const MAX_RENDERED = 8_000;
/** The same for frames around code, which cost most. */
const MAX_FRAMES = 1_500;

/** Blocks are laid out in pages of so many; full pages that are out of sight cost nothing. */
const PAGE_BLOCKS = 40;

type Drawn =
  | { readonly kind: 'text'; readonly element: HTMLElement }
  | { readonly kind: 'markdown'; readonly element: HTMLElement; text: string }
  | { readonly kind: 'code'; readonly element: HTMLElement; readonly view: CodeElement };

/** Draws an answer into an element and, from one update to the next, only what has changed. */
export class AnswerElement {
  readonly #root: HTMLElement;
  #content: AnswerContent = { text: '', isStreaming: true, citations: [] };
  #blocks = new AnswerBlocks();
  #markdown = createMarkdown(renderCitation([], true));
  #finished: Drawn[] = [];
  #open: Drawn | undefined;
  #page: HTMLElement | undefined;
  #frames = 0;
  /** By the frame of a code block, what it holds: the page shows marks in the place of what is not seen. */
  #code = new WeakMap<Element, string>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** The code in a frame of this answer, exactly. */
  codeIn(frame: Element): string {
    return this.#code.get(frame) ?? '';
  }

  update({ text, ...rest }: AnswerContent): void {
    const content = { ...rest, text: text.slice(0, MAX_LENGTH) };
    const before = this.#content;
    if (!content.text.startsWith(before.text) || (!before.isStreaming && content.text !== before.text)) {
      this.#reset();
    }
    const added = content.text.slice(this.#content.text.length);
    if (added !== '') this.#blocks.append(added);
    if (!content.isStreaming && this.#content.isStreaming) this.#blocks.finish();
    this.#content = content;
    const changed = changedNumbers(before, content);
    if (changed !== 'none') {
      this.#markdown = createMarkdown(renderCitation(content.citations, content.isStreaming));
      this.#redrawCitations(changed);
    }
    this.#drawFinished();
    this.#drawOpen();
    this.#root.classList.toggle('cut', text.length > MAX_LENGTH);
  }

  #reset(): void {
    this.#root.replaceChildren();
    this.#blocks = new AnswerBlocks();
    this.#finished = [];
    this.#open = undefined;
    this.#page = undefined;
    this.#frames = 0;
    this.#content = { text: '', isStreaming: true, citations: [] };
    this.#code = new WeakMap();
  }

  #drawFinished(): void {
    for (const block of this.#blocks.finished.slice(this.#finished.length)) {
      const drawn = this.#place(block);
      if (drawn.kind === 'code' && block.kind === 'code') {
        drawn.view.finish(block.code);
        this.#code.set(drawn.view.frame, block.code);
        this.#frames++;
      }
      this.#finished.push(drawn);
      this.#open = undefined;
    }
  }

  #drawOpen(): void {
    const block = this.#blocks.open;
    if (block) {
      this.#open = this.#place(block);
      if (this.#open.kind === 'code' && block.kind === 'code') {
        this.#open.view.update(block.code);
        this.#code.set(this.#open.view.frame, block.code);
      }
    } else {
      this.#open?.element.remove();
      this.#open = undefined;
    }
  }

  /** Shows the block at the end of the answer, in the place of the open one. Code is still to be filled in. */
  #place(block: AnswerBlock): Drawn {
    const open = this.#open;
    if (open?.kind === 'markdown' && block.kind === 'markdown') {
      if (open.text !== block.text) this.#draw(open, block.text);
      return open;
    }
    if (open?.kind === 'code' && block.kind === 'code') return open;
    open?.element.remove();
    const drawn = this.#create(block);
    drawn.element.classList.add('block');
    this.#openPage().append(drawn.element);
    return drawn;
  }

  #openPage(): HTMLElement {
    if (this.#page && this.#page.childElementCount < PAGE_BLOCKS) return this.#page;
    this.#page?.classList.add('full');
    this.#page = document.createElement('div');
    this.#page.className = 'page';
    this.#root.append(this.#page);
    return this.#page;
  }

  #create(block: AnswerBlock): Drawn {
    const asText = block.kind === 'code' ? this.#frames >= MAX_FRAMES : this.#finished.length >= MAX_RENDERED;
    if (asText) return createText(block.kind === 'code' ? block.code : block.text);
    if (block.kind === 'code') {
      const view = new CodeElement(block.language);
      return { kind: 'code', element: view.element, view };
    }
    const drawn: Drawn = { kind: 'markdown', element: document.createElement('div'), text: '' };
    this.#draw(drawn, block.text);
    return drawn;
  }

  #draw(drawn: Extract<Drawn, { kind: 'markdown' }>, text: string): void {
    drawn.text = text;
    const { html, code } = this.#markdown(text);
    drawn.element.replaceChildren(sanitise(html));
    for (const [at, frame] of [...drawn.element.querySelectorAll('.code')].entries()) {
      this.#code.set(frame, code[at] ?? '');
    }
  }

  #redrawCitations(changed: 'all' | readonly string[]): void {
    for (const drawn of [...this.#finished, this.#open]) {
      if (drawn?.kind !== 'markdown') continue;
      const isConcerned =
        changed === 'all' ? /\[\d/.test(drawn.text) : changed.some((mark) => drawn.text.includes(mark));
      if (isConcerned) this.#draw(drawn, drawn.text);
    }
  }
}

function createText(text: string): Drawn {
  const element = document.createElement('div');
  element.className = 'as-text';
  element.textContent = text;
  markHidden(element);
  return { kind: 'text', element };
}

/** The marks that look different now. Sources that are added while an answer is written concern only their own. */
function changedNumbers(before: AnswerContent, after: AnswerContent): 'none' | 'all' | readonly string[] {
  const isSameStart = before.citations.every((citation, at) => isSame(citation, after.citations[at]));
  if (before.isStreaming !== after.isStreaming || !isSameStart) return 'all';
  const added = after.citations.slice(before.citations.length);
  return added.length === 0 ? 'none' : added.map(({ number }) => `[${number}]`);
}

function isSame(a: LocatedCitation, b: LocatedCitation | undefined): boolean {
  return (
    a.number === b?.number &&
    a.root === b.root &&
    a.path === b.path &&
    a.startLine === b.startLine &&
    a.endLine === b.endLine
  );
}

/** Lines, and UTF-16 units, that are highlighted together while code arrives: what one frame may cost. */
const SEGMENT_LINES = 50;
const SEGMENT_LENGTH = 5_000;

/** Longer code keeps its segments: highlighting it as a whole would be felt. */
const MAX_WHOLE_LENGTH = 40_000;

/**
 * A code block that grows. Only its last segment is drawn again; a string or comment that spans two segments is
 * coloured right once the block is finished.
 */
class CodeElement {
  readonly element: HTMLElement;
  readonly frame: Element;
  readonly #code: HTMLElement;
  readonly #language: string;
  #segment: HTMLElement;
  /** Where the last segment starts in the code. */
  #segmentStart = 0;

  constructor(language: string) {
    this.#language = language;
    this.element = document.createElement('div');
    this.element.append(sanitise(codeFrame(language, '')));
    this.frame = this.element.querySelector('.code') ?? this.element;
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

/** The offset behind the `count`th line from `start`, of a shorter text its length, and at most a segment further. */
function endOfLine(text: string, start: number, count: number): number {
  const last = Math.min(text.length, start + SEGMENT_LENGTH);
  let end = start;
  for (let line = 0; line < count; line++) {
    const at = text.slice(end, last).indexOf('\n');
    // A segment does not end within a character.
    if (at < 0) return last < text.length && /[\uD800-\uDBFF]/.test(text[last - 1] ?? '') ? last - 1 : last;
    end += at + 1;
  }
  return end;
}
