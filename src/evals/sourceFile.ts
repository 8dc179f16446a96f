import { type DefinedRange, SourceText } from '../core/retrieval/sourceText.ts';
import { isTestPath } from '../core/shared/testPath.ts';
import { lineStarts, splitLines } from '../core/text/lines.ts';
import { CodeParts } from './codeParts.ts';
import { type Language, languageOf } from './languages.ts';

/** Folders that say nothing about what is in them: the folder below tells parts of a project apart. */
const WRAPPERS = /^(?:src|lib|libs|packages|apps?|modules|crates|internal|pkg|cmd|test|tests)$/i;

/** What an unusual layout may take for the name of a definition. */
const KEYWORDS = new Set(['func', 'fn', 'function', 'def', 'class', 'struct', 'interface', 'constructor']);

/** A text file of the workspace as cases are built from it. Lines and definitions are worked out when first asked for. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  /** `undefined` for what is not source: documents, data. */
  readonly language: Language | undefined;
  readonly isTest: boolean;
  #lines: readonly string[] | undefined;
  #inlineTests: readonly LineRange[] | undefined;
  #testLines: readonly boolean[] | undefined;
  #parts: CodeParts | undefined;
  #lineStarts: readonly number[] | undefined;
  #definitions: readonly DefinedRange[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    this.language = languageOf(path);
    this.isTest = isTestPath(path);
  }

  /** Without their line breaks. */
  get lines(): readonly string[] {
    return (this.#lines ??= splitLines(this.text));
  }

  /** Tests among the code, as Rust has them; by 0-based lines, ends inclusive. */
  get inlineTests(): readonly LineRange[] {
    return (this.#inlineTests ??= this.language?.name === 'Rust' ? rustTests(this.lines) : []);
  }

  /** Whether a line, 0-based, is part of tests. */
  isTestLine(line: number): boolean {
    if (this.isTest) return true;
    this.#testLines ??= marked(this.inlineTests);
    return this.#testLines[line] === true;
  }

  /**
   * Lines of ranges are 0-based, as in `DefinedRange`. None for what is not source; no constructors, and none of the
   * tests among the code.
   */
  get definitions(): readonly DefinedRange[] {
    return (this.#definitions ??= this.#findDefinitions());
  }

  /** Whether a place is code and neither a comment nor inside a string; `line` is 0-based. */
  isCode(line: number, column: number): boolean {
    if (!this.language) return false;
    this.#parts ??= new CodeParts(this.text, this.language);
    return this.#parts.isCode(this.offsetOf(line) + column);
  }

  /** UTF-16 offset at which a line, 0-based, begins. */
  offsetOf(line: number): number {
    this.#lineStarts ??= lineStarts(this.text);
    return this.#lineStarts[line] ?? this.text.length;
  }

  #findDefinitions(): readonly DefinedRange[] {
    if (!this.language) return [];
    const { definitions } = new SourceText(this.path, this.text);
    const isCode = (line: number): boolean => this.isTest || !this.isTestLine(line);
    return definitions.filter(({ name, line }) => !KEYWORDS.has(name) && isCode(line));
  }

  /** The part of the project it belongs to: its top folder, two levels deep below folders like `src`. */
  get folder(): string {
    const [first = '', second = '', ...rest] = this.path.split('/');
    if (second === '') return '.';
    return rest.length > 0 && WRAPPERS.test(first) ? `${first}/${second}` : first;
  }

  /** File name up to its first dot, after a leading one: `query` for `src/query.test.ts`. */
  get stem(): string {
    const name = this.path.slice(this.path.lastIndexOf('/') + 1);
    const dot = name.indexOf('.', 1);
    return dot < 0 ? name : name.slice(0, dot);
  }
}

/** 0-based lines, both inclusive. */
interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** Whether a line is in one of the ranges, up to the last that is; ranges are ordered by where they start. */
function marked(ranges: readonly LineRange[]): readonly boolean[] {
  const lines: boolean[] = [];
  for (const { start, end } of ranges) {
    while (lines.length < start) lines.push(false);
    while (lines.length <= end) lines.push(true);
  }
  return lines;
}

const MARK = /^(\s*)#\[cfg\((?=.*\btest\b).*\)\]\s*$/;
const CLOSING = /^(\s*)\}/;
const MODULE = /^\s*(?:pub\s+)?mod\s+\w+\s*\{/;

/**
 * The test modules of a Rust file, from their mark to the brace that closes them: the first line after the mark that begins
 * with its indent and a brace. In the order of their marks; from last to first, each brace is seen before what it closes.
 */
function rustTests(lines: readonly string[]): readonly LineRange[] {
  const found: LineRange[] = [];
  /** By the indent before a brace, the line that is next from here on. */
  const closings = new Map<string, number>();
  /** Where a module begins next from here on. */
  let module = Infinity;
  for (let start = lines.length - 1; start >= 0; start--) {
    const line = lines[start] ?? '';
    const [, indent] = MARK.exec(line) ?? [];
    if (indent !== undefined && module <= start + 3) {
      found.push({ start, end: closings.get(indent) ?? lines.length - 1 });
    }
    if (MODULE.test(line)) module = start;
    const [, closing] = CLOSING.exec(line) ?? [];
    if (closing !== undefined) closings.set(closing, start);
  }
  return found.reverse();
}
