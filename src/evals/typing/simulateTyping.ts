import { surplusClosers } from '../../core/completion/brackets.ts';
import type { CompletionRequest } from '../../core/ports/completionSource.ts';
import type { TextEdit } from '../../core/text/textEdit.ts';
import type { TypingTask } from './typingTask.ts';

/** What a person sees at a place, if anything. */
export type Suggest = (request: CompletionRequest) => TextEdit | undefined;

/** How somebody typed a task who takes every suggestion as soon as it is exactly what comes next. */
export interface TypingOutcome {
  /** Keys that it takes without any help: a line break brings the next line's indentation with it. */
  readonly characters: number;
  /** Keys pressed: typed ones, and one for each suggestion taken. */
  readonly keys: number;
  readonly taken: number;
  /** Keys after which something stood there that was not what comes next. */
  readonly wrongKeys: number;
  /** At every place of the text, whether or not the person gets there: suggestions, and those of them that are wrong. */
  readonly shown: number;
  readonly wrong: number;
}

/** Suggestions of fewer characters, white space at their ends aside, are not looked at. */
export const MIN_SHOWN = 3;

/** A place at which the person may be. */
export interface TypingPlace {
  readonly offset: number;
  /** Characters of the right suggestion; 0 when there is none, −1 when what is shown is wrong. */
  readonly gain: number;
}

/** Asks at every place of the target and then walks over it. */
export function simulateTyping(task: TypingTask, suggest: Suggest): TypingOutcome {
  return typingOutcome(
    keyOffsets(task.target).map((offset) => ({ offset, gain: gainAt(task, offset, suggest) })),
  );
}

/** The same once it is known what stands at every place. */
export function typingOutcome(places: readonly TypingPlace[]): TypingOutcome {
  return { ...walk(places), ...countShown(places) };
}

/** Where a person stops between two keys, the start included: not in the indentation, which the editor makes. */
export function keyOffsets(target: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = 0; at < target.length; at++) {
    offsets.push(at);
    const indentation = /^\r?\n[ \t]*/.exec(target.slice(at, at + 200))?.[0];
    if (indentation) at += indentation.length - 1;
  }
  return offsets;
}

/** The request at an offset in a task's target. */
export function requestAt(task: TypingTask, offset: number): CompletionRequest {
  const { path, before, after, target } = task;
  const typed = before + target.slice(0, offset);
  return { path, text: typed + closersAt(task, offset) + after, offset: typed.length };
}

/** Whether an edit at a place of the target, given in offsets of its request, leaves exactly what comes next. */
export function isNext(
  task: TypingTask,
  offset: number,
  { startOffset, endOffset, text }: TextEdit,
): boolean {
  if (!task.target.startsWith(text, offset)) return false;
  const closers = closersAt(task, offset);
  return closers === '' || endOffset > startOffset || surplusClosers(text) === 0;
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** What the editor has put behind the cursor. */
function closersAt({ target, closesBrackets = false }: TypingTask, offset: number): string {
  if (!closesBrackets) return '';
  const open: string[] = [];
  for (const character of target.slice(0, offset)) {
    const closer = CLOSERS[character];
    if (closer !== undefined) open.unshift(closer);
    else if (character === open[0]) open.shift();
  }
  return open.join('');
}

function gainAt(task: TypingTask, offset: number, suggest: Suggest): number {
  const edit = suggest(requestAt(task, offset));
  if (!edit || edit.text.trim().length < MIN_SHOWN) return 0;
  return isNext(task, offset, edit) ? edit.text.length : -1;
}

function walk(places: readonly TypingPlace[]): Omit<TypingOutcome, 'shown' | 'wrong'> {
  let [at, keys, taken, wrongKeys] = [0, 0, 0, 0];
  for (const { offset, gain } of places) {
    if (offset < at) continue;
    keys++;
    if (gain > 0) {
      taken++;
      at = offset + gain;
    } else if (gain < 0) wrongKeys++;
  }
  return { characters: places.length, keys, taken, wrongKeys };
}

function countShown(places: readonly TypingPlace[]): Pick<TypingOutcome, 'shown' | 'wrong'> {
  const shown = places.filter(({ gain }) => gain !== 0);
  return { shown: shown.length, wrong: shown.filter(({ gain }) => gain < 0).length };
}
