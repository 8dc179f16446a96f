/** What of the text that a model writes at the cursor can be put in, while it is being written. */
import { isInsertionOnly, type TextEdit } from '../text/textEdit.ts';
import { bracketBalance, openBrackets } from './brackets.ts';
import type { CursorLine } from './cursorSite.ts';

/** What is certain so far of a text that is still being written. */
export interface FillProgress {
  /** What can be put in already; undefined while nothing can. */
  readonly edit: TextEdit | undefined;
  /** Nothing that may still be written changes it. */
  readonly isFinal: boolean;
}

const MAX_LINES = 12;
const CLOSERS_ONLY = /^[)\]}>"'`;,\s]*$/;

/**
 * The first line as soon as it is there, and the block that it opens once that is closed: up to the line with which its
 * brackets are balanced, or, where a colon opens it, up to the next line that is indented no deeper. A block that does
 * not end within twelve lines is left out. `isEnded`: the model has said all, and did not stop in the middle.
 */
export function fillProgress(written: string, isEnded: boolean, at: CursorLine): FillProgress {
  const lines = written.replaceAll('\r\n', '\n').split('\n');
  const whole = lines.slice(0, isEnded ? lines.length : -1);
  const [first] = whole;
  if (first === undefined) return { edit: undefined, isFinal: isEnded };
  const firstLine = editOf(first, at);
  if (!CLOSERS_ONLY.test(at.lineSuffix)) return { edit: firstLine, isFinal: true };
  const block = blockLength(whole, isEnded, at.linePrefix);
  if (block === undefined) return { edit: firstLine, isFinal: isEnded };
  return { edit: editOf(whole.slice(0, block).join('\n'), at), isFinal: true };
}

/** Of how many lines the block consists that the first opens, 1 when it opens none that ends; undefined while it goes on. */
function blockLength(lines: readonly string[], isEnded: boolean, linePrefix: string): number | undefined {
  const [first = ''] = lines;
  const opening = linePrefix + first;
  const isByIndentation = openBrackets(opening) === 0;
  if (isByIndentation && !/:\s*$/.test(opening)) return 1;
  let depth = openBrackets(opening);
  for (const [index, text] of lines.slice(1, MAX_LINES).entries()) {
    const length = index + 1;
    if (isByIndentation) {
      if (text.trim() !== '' && indentationOf(text) <= indentationOf(opening))
        return textLength(lines, length);
      continue;
    }
    depth += bracketBalance(text);
    if (depth < 0) return 1;
    if (depth === 0) return length + 1;
  }
  if (lines.length >= MAX_LINES) return 1;
  if (!isEnded) return undefined;
  return isByIndentation ? textLength(lines, lines.length) : 1;
}

/** The first `length` lines without blank ones at their end. */
function textLength(lines: readonly string[], length: number): number {
  return lines.slice(0, length).findLastIndex((line) => line.trim() !== '') + 1 || 1;
}

/**
 * The text fitted to what stands around the cursor. Models like to write that again: the rest of the line, brackets that
 * the editor closed by itself, the lines below. Which of it is meant is told by the brackets of the line as a whole.
 */
function editOf(text: string, at: CursorLine): TextEdit {
  const { linePrefix, lineSuffix, offset } = at;
  const suffix = lineSuffix.trimEnd();
  const own = withoutLinesBelow(text, at).trimEnd();
  const ways = [{ text: own, replaced: '' }];
  if (suffix !== '' && CLOSERS_ONLY.test(suffix) && isInsertionOnly(suffix, own)) {
    ways.unshift({ text: own, replaced: suffix });
  }
  if (suffix !== '' && own.endsWith(suffix)) {
    ways.unshift({ text: own.slice(0, own.length - suffix.length), replaced: '' });
  }
  const imbalance = (way: (typeof ways)[number]): number =>
    Math.abs(bracketBalance(linePrefix + way.text + (way.replaced === '' ? suffix : '')));
  const best = ways.reduce((a, b) => (imbalance(b) < imbalance(a) ? b : a));
  return {
    startOffset: offset,
    endOffset: offset + best.replaced.length,
    text: at.text.includes('\r\n') ? best.text.replaceAll('\n', '\r\n') : best.text,
  };
}

/** Brackets alone are left out only where that does not leave the text's own ones open. */
function withoutLinesBelow(
  text: string,
  { text: document, offset, linePrefix, lineSuffix }: CursorLine,
): string {
  const lines = text.split('\n');
  if (lines.length === 1) return text;
  const end = offset + lineSuffix.length;
  const below = textLines(
    document
      .slice(end, end + 2 * text.length + 200)
      .split(/\r\n|\r|\n/)
      .slice(1),
  );
  for (let start = 1; start < lines.length; start++) {
    const rest = textLines(lines.slice(start));
    const isBelow = rest.length > 0 && rest.every((line, index) => line === below[index]);
    if (!isBelow) continue;
    const shorter = lines.slice(0, start).join('\n');
    const isTelling = rest.some((line) => /\w/.test(line));
    if (isTelling || bracketBalance(linePrefix + shorter) <= bracketBalance(linePrefix + text))
      return shorter;
  }
  return text;
}

function textLines(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '').map((line) => line.trimEnd());
}

function indentationOf(text: string): number {
  return text.length - text.trimStart().length;
}
