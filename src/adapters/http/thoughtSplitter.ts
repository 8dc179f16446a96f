import { greatest } from '../../core/shared/greatest.ts';

/** What a splitter tells: a piece of text or of thoughts, or that all text before was thoughts. */
export type Split = SplitText | { readonly kind: 'retract' };

interface SplitText {
  readonly kind: 'text' | 'reasoning';
  /** Never empty. */
  readonly text: string;
}

/** Marks around what a model thinks, as models write them into their answers. */
const PAIRS: readonly (readonly [open: string, close: string])[] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['<seed:think>', '</seed:think>'],
  ['[THINK]', '[/THINK]'],
  ['◁think▷', '◁/think▷'],
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
  ['<|START_THINKING|>', '<|END_THINKING|>'],
];
/** OpenAI's Harmony: each message names its channel, and only `final` is the answer. */
const CHANNEL =
  /^(?:<\|start\|>[^<]{0,100})?<\|channel\|>\s{0,20}(\w{1,40})(?:(?!<\|message\|>)[^]){0,200}<\|message\|>/;
const CHANNEL_BEGINS = ['<|channel|>', '<|start|>'];
const CHANNEL_ENDS = ['<|end|>', '<|return|>', '<|call|>'];
const LONGEST_HEADER = 320;

const OPENS = PAIRS.map(([open]) => open);
const CLOSES = PAIRS.map(([, close]) => close);
const MARKS = [...CLOSES, ...CHANNEL_BEGINS, ...CHANNEL_ENDS];

const FENCE_BEGIN = /^[ \t]*(`{3,}|~{3,})/;
const MAYBE_FENCE = /^[ \t]*(?:`*|~*)$/;
/** Thoughts in the middle of an answer are waited for up to this length. */
const LONGEST_HELD = 20_000;

type State =
  /** Nothing but blanks has come, or thoughts have just ended: marks mean thoughts here. */
  | { readonly at: 'start' }
  | { readonly at: 'text' }
  /** `held`: they are text, with this before them, should nothing end them. */
  | { readonly at: 'thought'; readonly closes: readonly string[]; readonly held?: string };

/**
 * Tells what a model thinks from what it answers, where it writes both into one text. Marks count at the beginning of an
 * answer, after other thoughts, and on a line of their own when something ends them; never within code, be it a block or a
 * span. However the text is cut into pieces, the result is the same; only what may still become a mark is held back.
 */
export class ThoughtSplitter {
  #pending = '';
  #state: State = { at: 'start' };
  #isLineStart = true;
  #isInSpan = false;
  #lastChar = '';
  #fence: string | undefined;
  #isHarmony = false;
  #hasThought = false;

  /** `beginsThinking`: this model is known to begin with thoughts of which only the end is marked. */
  constructor(beginsThinking = false) {
    if (beginsThinking) this.#state = { at: 'thought', closes: CLOSES, held: '' };
  }

  /** The thoughts come in another way, so that text is text. */
  sawThoughts(): void {
    this.#hasThought = true;
    if (this.#state.at === 'thought' && this.#state.held === '') this.#state = { at: 'start' };
  }

  /** Takes a piece and returns what is settled. */
  push(piece: string): readonly Split[] {
    this.#pending += piece;
    return this.#drain(false);
  }

  /** Returns what was held back. */
  end(): readonly Split[] {
    return this.#drain(true);
  }

  #drain(isEnd: boolean): readonly Split[] {
    const all: Split[] = [];
    while (this.#pending !== '') {
      const next = this.#take(isEnd);
      if (!next) break;
      for (const each of next) all.push(each);
    }
    return joined(all);
  }

  /** What the beginning of the pending text comes to; undefined when more must be known. */
  #take(isEnd: boolean): readonly Split[] | undefined {
    switch (this.#state.at) {
      case 'start':
        return this.#takeStart(isEnd);
      case 'thought':
        return this.#takeThought(this.#state, isEnd);
      case 'text':
        return this.#fence === undefined ? this.#takeLine(isEnd) : this.#takeCode(this.#fence, isEnd);
    }
  }

  #takeStart(isEnd: boolean): readonly Split[] | undefined {
    const rest = this.#pending.trimStart();
    const isOpen = rest === '' || mayBecome(rest, [...OPENS, ...CLOSES]);
    if (!isEnd && (isOpen || mayBecomeChannel(rest))) return undefined;
    if (this.#begin(rest)) return [];
    const close = beginOf(rest, CLOSES);
    if (close !== undefined) {
      this.#hasThought = true;
      this.#pending = rest.slice(close.length);
      return [];
    }
    this.#state = { at: 'text' };
    if (this.#hasThought) this.#pending = rest;
    return [];
  }

  /** Enters what a mark at the beginning of this text opens. */
  #begin(rest: string, held?: string): boolean {
    const begun = beginOf(rest, OPENS);
    const pair = PAIRS.find(([open]) => open === begun);
    if (pair) {
      const [{ length }, close] = pair;
      const open = rest.slice(0, length);
      this.#state = { at: 'thought', closes: [close], ...(held !== undefined && { held: held + open }) };
      this.#pending = rest.slice(length);
      if (held === undefined) this.#hasThought = true;
      return true;
    }
    const [header, channel] = CHANNEL.exec(rest) ?? [];
    if (header === undefined) return false;
    this.#isHarmony = true;
    this.#hasThought = true;
    this.#pending = rest.slice(header.length);
    this.#state =
      channel === 'final' ? { at: 'text' } : { at: 'thought', closes: [...CHANNEL_ENDS, ...CHANNEL_BEGINS] };
    return true;
  }

  #takeThought(
    { closes, held }: Extract<State, { at: 'thought' }>,
    isEnd: boolean,
  ): readonly Split[] | undefined {
    const found = firstOf(this.#pending, closes);
    if (found) {
      const thought = this.#pending.slice(0, found.index);
      // The beginning of the next message ends this one as well, and is read again.
      const isNext = CHANNEL_BEGINS.includes(found.mark);
      this.#pending = this.#pending.slice(found.index + (isNext ? 0 : found.mark.length));
      this.#state = { at: 'start' };
      this.#hasThought = true;
      return part('reasoning', thought);
    }
    if (held !== undefined) {
      const isGivenUp = isEnd || (held !== '' && this.#pending.length > LONGEST_HELD);
      if (!isGivenUp) return undefined;
      this.#state = { at: 'text' };
      const text = held + this.#pending;
      this.#pending = '';
      return part('text', text);
    }
    return this.#hold(isEnd ? 0 : tailOf(this.#pending, closes), 'reasoning');
  }

  /** A line of prose, or what has come of it. */
  #takeLine(isEnd: boolean): readonly Split[] | undefined {
    const lineEnd = this.#pending.indexOf('\n');
    const line = lineEnd < 0 ? this.#pending : this.#pending.slice(0, lineEnd);
    const isOpen = lineEnd < 0 && !isEnd;
    if (this.#isLineStart) {
      const rest = line.trimStart();
      if (isOpen && (MAYBE_FENCE.test(line) || mayBecome(rest, OPENS))) return undefined;
      const [, fence] = FENCE_BEGIN.exec(line) ?? [];
      if (fence !== undefined) {
        this.#fence = fence;
        this.#isLineStart = lineEnd >= 0;
        return this.#hold(lineEnd < 0 ? 0 : this.#pending.length - lineEnd - 1, 'text');
      }
      const indent = line.slice(0, line.length - rest.length);
      if (beginOf(rest, OPENS) !== undefined) {
        this.#begin(this.#pending.slice(indent.length), indent);
        return [];
      }
    }
    const mark = this.#markIn(line);
    if (mark) return this.#takeMark(mark);
    const tail = isOpen ? tailOf(line, MARKS) : 0;
    if (tail === this.#pending.length) return undefined;
    return this.#hold(lineEnd < 0 ? tail : this.#pending.length - lineEnd - 1, 'text');
  }

  #takeMark({ mark, index }: Found): readonly Split[] {
    const before = this.#pending.slice(0, index);
    this.#pending = this.#pending.slice(index + (CHANNEL_BEGINS.includes(mark) ? 0 : mark.length));
    if (CLOSES.includes(mark) && this.#hasThought) {
      // A mark too many, which ends nothing.
      this.#follow(before);
      return part('text', before);
    }
    this.#state = { at: 'start' };
    this.#isLineStart = true;
    this.#isInSpan = false;
    if (!CLOSES.includes(mark)) return part('text', before);
    this.#hasThought = true;
    return [{ kind: 'retract' }, ...part('reasoning', before)];
  }

  /** The first mark in a line that is none of its code and not quoted. */
  #markIn(line: string): Found | undefined {
    for (let from = 0; ;) {
      const found = firstOf(line, this.#isHarmony ? MARKS : CLOSES, from);
      if (!found) return undefined;
      const before = line.slice(0, found.index);
      const isInSpan = this.#isInSpan !== (before.split('`').length % 2 === 0);
      const isQuoted = /[`'"“]/.test(before.at(-1) ?? this.#lastChar);
      if (!isInSpan && !isQuoted) return found;
      from = found.index + found.mark.length;
    }
  }

  /** A line of a code block, or what has come of it. */
  #takeCode(fence: string, isEnd: boolean): readonly Split[] | undefined {
    const lineEnd = this.#pending.indexOf('\n');
    const line = lineEnd < 0 ? this.#pending : this.#pending.slice(0, lineEnd);
    if (lineEnd < 0 && !isEnd && this.#isLineStart && MAYBE_FENCE.test(line.trimEnd())) return undefined;
    if (this.#isLineStart && isFenceEnd(fence, line)) this.#fence = undefined;
    return this.#hold(lineEnd < 0 ? 0 : this.#pending.length - lineEnd - 1, 'text');
  }

  /** Tells all that is pending but its last `tail` characters. */
  #hold(tail: number, kind: SplitText['kind']): readonly Split[] | undefined {
    const text = this.#pending.slice(0, this.#pending.length - tail);
    if (text === '') return undefined;
    this.#pending = this.#pending.slice(text.length);
    if (kind === 'text') this.#follow(text);
    return part(kind, text);
  }

  /** Keeps track of where the text stands. */
  #follow(text: string): void {
    if (text === '') return;
    this.#isLineStart = text.endsWith('\n');
    this.#lastChar = text.at(-1) ?? '';
    if (this.#isLineStart) this.#isInSpan = false;
    else if (text.split('`').length % 2 === 0) this.#isInSpan = !this.#isInSpan;
  }
}

interface Found {
  readonly mark: string;
  readonly index: number;
}

/**
 * The names of tags in small letters, as `PAIRS` has them: models write them in either. Marks in other brackets are tokens,
 * which have one form. The length stays.
 */
function folded(text: string): string {
  return text.replace(/<\/?[a-z:]*[A-Z][A-Za-z:]*/g, (tag) => tag.toLowerCase());
}

/** The mark that a text begins with. */
function beginOf(text: string, marks: readonly string[]): string | undefined {
  const plain = folded(text);
  return marks.find((mark) => plain.startsWith(mark));
}

function firstOf(text: string, marks: readonly string[], from = 0): Found | undefined {
  let first: Found | undefined;
  const plain = folded(text);
  for (const mark of marks) {
    const index = plain.indexOf(mark, from);
    if (index >= 0 && (!first || index < first.index)) first = { mark, index };
  }
  return first;
}

/** Whether a text is the beginning of one of the marks, and no more. */
function mayBecome(text: string, marks: readonly string[]): boolean {
  const plain = folded(text);
  return text !== '' && marks.some((mark) => mark.length > text.length && mark.startsWith(plain));
}

function mayBecomeChannel(text: string): boolean {
  if (mayBecome(text, CHANNEL_BEGINS)) return true;
  return (
    CHANNEL_BEGINS.some((mark) => text.startsWith(mark)) &&
    text.length < LONGEST_HEADER &&
    !CHANNEL.test(text)
  );
}

/** The length of the longest end of a text that may become a mark. */
function tailOf(text: string, marks: readonly string[]): number {
  const longest = greatest(marks.map(({ length }) => length)) - 1;
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    if (mayBecome(text.slice(-length), marks)) return length;
  }
  return 0;
}

/** As many of the same marks, or more, and nothing else. */
function isFenceEnd(fence: string, line: string): boolean {
  const found = line.trim();
  return found.length >= fence.length && found === fence.charAt(0).repeat(found.length);
}

function part(kind: SplitText['kind'], text: string): readonly Split[] {
  return text === '' ? [] : [{ kind, text }];
}

/** Neighbours of one kind as one. */
function joined(all: readonly Split[]): readonly Split[] {
  const result: Split[] = [];
  for (const next of all) {
    const last = result.at(-1);
    if (last && last.kind !== 'retract' && next.kind === last.kind) {
      result[result.length - 1] = { kind: last.kind, text: last.text + next.text };
    } else result.push(next);
  }
  return result;
}
