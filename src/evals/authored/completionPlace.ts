import { isWordCode } from '../../core/text/lexer.ts';
import { lineStarts } from '../../core/text/lineStarts.ts';
import type { MaskKind } from '../evalCase.ts';
import type { SourceFile } from '../sourceFile.ts';
import type { CompletionEntry } from './caseFileSchema.ts';

export interface CompletionPlace {
  readonly kind: MaskKind;
  /** 1-based. */
  readonly line: number;
  /** UTF-16 offsets in the text of the file. */
  readonly offset: number;
  readonly lineEnd: number;
}

/** The line that an entry means; a string says why there is none and what to do. */
export function completionPlace(
  { path, lines, text }: SourceFile,
  { before, expected }: CompletionEntry,
): CompletionPlace | string {
  const wanted = before.trimStart() + expected;
  const found = lines.flatMap((line, at) => (line.trim() === wanted.trim() ? [at] : []));
  const [at] = found;
  if (at === undefined) {
    return `No line of ${path} is \`${wanted.trim()}\`. Copy \`before\` and \`expected\` from one line as it stands.`;
  }
  if (found.length > 1) {
    const numbers = found.map((each) => each + 1).join(', ');
    return `Lines ${numbers} of ${path} are all \`${wanted.trim()}\`. Choose a line that occurs once.`;
  }
  const line = lines[at] ?? '';
  const start = lineStarts(text)[at] ?? 0;
  const indent = line.length - line.trimStart().length;
  const column = indent + before.trimStart().length;
  return {
    kind: kindAt(line, column, indent),
    line: at + 1,
    offset: start + column,
    lineEnd: start + line.length,
  };
}

function kindAt(line: string, column: number, indent: number): MaskKind {
  if (column <= indent) return 'line-start';
  const isInWord = isWordCode(line.charCodeAt(column - 1)) && isWordCode(line.charCodeAt(column));
  return isInWord ? 'inside-identifier' : 'token-border';
}
