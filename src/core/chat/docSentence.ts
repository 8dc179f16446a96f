import { commentText } from '../text/commentText.ts';
import type { DefinedRange, SourceText } from '../retrieval/sourceText.ts';

export interface DocSentence {
  readonly text: string;
  /** 1-based, inclusive: the lines it is taken from. */
  readonly startLine: number;
  readonly endLine: number;
}

const LONGEST = 300;
const MIN_WORDS = 3;
const DOC_STRING = /^\s*[rRuUbB]{0,2}(?:"""|\'\'\'|")/;
const DOC_STRING_LINES = 12;
/** Lines of a comment that are not about what the code does. */
const NO_PROSE =
  /^(?:@|\\|:param|:return|eslint|prettier|tslint|istanbul|c8|v8|noqa|type:|pragma|to-?do|fix-?me|#!|-{3}|={3})/i;
const SENTENCE = /^.*?[.!?](?=\s|$)/;

/** The first sentence of the comment above a definition, or of the doc string below it, word for word. */
export function docSentence(source: SourceText, definition: DefinedRange): DocSentence | undefined {
  return (
    firstSentence(source.lines, definition.textStart, definition.line) ??
    (DOC_STRING.test(source.lines[definition.line + 1] ?? '')
      ? firstSentence(
          source.lines,
          definition.line + 1,
          Math.min(definition.end, definition.line + DOC_STRING_LINES) + 1,
        )
      : undefined)
  );
}

/** Reads the first paragraph of the lines from `start` to `end` (0-based, exclusive). */
function firstSentence(lines: readonly string[], start: number, end: number): DocSentence | undefined {
  let text = '';
  let from = start;
  let to = start;
  for (let at = start; at < end; at++) {
    const part = commentText(lines[at] ?? '');
    if (part === '' && text === '') continue;
    if (part === '' || NO_PROSE.test(part)) {
      if (text !== '') break;
      continue;
    }
    if (text === '') from = at;
    to = at;
    text = text === '' ? part : `${text} ${part}`;
    if (SENTENCE.test(text)) break;
  }
  const sentence = (SENTENCE.exec(text)?.[0] ?? text).replace(/\s+/g, ' ');
  const isProse = sentence.split(' ').length >= MIN_WORDS && sentence.length <= LONGEST;
  return isProse ? { text: sentence, startLine: from + 1, endLine: to + 1 } : undefined;
}
