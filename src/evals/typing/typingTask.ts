import { stableHash } from '../sampling.ts';
import type { SourceFile } from '../sourceFile.ts';

export type TypingKind = (typeof TYPING_KINDS)[number];

/**
 * What people type: a line missing inside a file, a line at the end of what there is of the file so far, and a whole new
 * function or type inside a file.
 */
export const TYPING_KINDS = ['inside', 'appended', 'function'] as const;

/** Code that somebody is going to type, taken from a file that has it. */
export interface TypingTask {
  /** The same as long as the code and what stands before it do not change. */
  readonly id: string;
  readonly kind: TypingKind;
  readonly language: string;
  readonly folder: string;
  readonly path: string;
  /** 1-based line on which it begins. */
  readonly line: number;
  /** The file above the cursor, indentation included, and below it. */
  readonly before: string;
  readonly after: string;
  /** Without white space at its ends. */
  readonly target: string;
  /** The editor puts a closing bracket behind each opening one that is typed; for single lines. */
  readonly closesBrackets?: boolean;
}

const MIN_FILE = 400;
/** Longer files take long to read again and again, and teach no more than others. */
const MAX_FILE = 300_000;
const MIN_LINE = 8;
const MAX_LINE = 200;
const MIN_LINES = 3;
const MAX_LINES = 25;

/** Up to so many tasks of a kind, spread over the files; a larger number begins with the smaller one's. */
export function drawTypingTasks(
  files: readonly SourceFile[],
  kind: TypingKind,
  { count, seed }: { readonly count: number; readonly seed: number },
): readonly TypingTask[] {
  const found = files
    .filter(({ isTest, text }) => !isTest && text.length >= MIN_FILE && text.length <= MAX_FILE)
    .flatMap((file) =>
      (kind === 'function' ? functionsOf(file) : linesOf(file)).map((span) => ({ file, span })),
    );
  const keyed = found.map(({ file, span }) => ({
    file,
    span,
    key: stableHash(seed, kind, file.path, `${span.start}`),
  }));
  return keyed
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .flatMap(({ file, span }) => taskOf(file, span, kind) ?? []);
}

/** UTF-16 offsets in the file. */
interface Span {
  /** 0-based. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Lines of code of a usual length. */
function linesOf(file: SourceFile): readonly Span[] {
  return file.lines.flatMap((text, line): Span[] => {
    const indent = text.length - text.trimStart().length;
    const { length } = text.trim();
    if (length < MIN_LINE || text.length > MAX_LINE || !/[A-Za-z_]{2}/.test(text)) return [];
    if (!file.isCode(line, indent) || file.isTestLine(line)) return [];
    const start = file.offsetOf(line) + indent;
    return [{ line, start, end: start + length }];
  });
}

function functionsOf(file: SourceFile): readonly Span[] {
  return file.definitions.flatMap(({ line, end }): Span[] => {
    const size = end - line + 1;
    if (size < MIN_LINES || size > MAX_LINES || file.isTestLine(line)) return [];
    const head = file.lines[line] ?? '';
    const start = file.offsetOf(line) + head.length - head.trimStart().length;
    return [{ line, start, end: file.offsetOf(end) + (file.lines[end] ?? '').trimEnd().length }];
  });
}

function taskOf(file: SourceFile, { line, start, end }: Span, kind: TypingKind): TypingTask | undefined {
  const { path, folder, text, language } = file;
  if (!language) return undefined;
  return {
    id: `typing:${kind}:${path}#${line + 1}`,
    kind,
    language: language.name,
    folder,
    path,
    line: line + 1,
    before: text.slice(0, start),
    after: kind === 'appended' ? '' : text.slice(end),
    target: text.slice(start, end),
  };
}
