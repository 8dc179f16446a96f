import type { DefinedRange } from '../../core/retrieval/sourceText.ts';
import type { DocStyle } from '../languages.ts';
import type { SourceFile } from '../sourceFile.ts';

/** A comment that documents a definition. */
export interface DocComment {
  /** Its lines without comment signs, quotes and indentation. */
  readonly text: string;
  /** 1-based, inclusive; nothing but the comment is on these lines. */
  readonly startLine: number;
  readonly endLine: number;
}

const MAX_LINES = 200;
const MAX_HEAD_LINES = 15;
const LINE_SIGNS: Readonly<Record<'slashes' | 'lines' | 'hashes', RegExp>> = {
  slashes: /^\s*\/\/\/(?!\/)/,
  // Not a directive for a tool, such as //go:generate.
  lines: /^\s*\/\/(?!\/|[a-z]+:)/,
  hashes: /^\s*#(?![!{])/,
};
const PYTHON_HEAD = /^\s*(?:async\s+)?(?:def|class)\s/;
const DOC_STRING = /^\s*[rRuU]?("""|'''|"|')/;

/** The doc comment of a definition in the style of the file's language. */
export function docCommentOf(file: SourceFile, definition: DefinedRange): DocComment | undefined {
  for (const style of file.language?.docStyles ?? []) {
    const found = inStyle(style, file.lines, definition.line);
    if (found) return found;
  }
  return undefined;
}

function inStyle(style: DocStyle, lines: readonly string[], head: number): DocComment | undefined {
  if (style === 'docstring') return docString(lines, head);
  const last = aboveDecorators(lines, head);
  return style === 'block' ? blockEndingAt(lines, last) : signedLinesEndingAt(lines, last, LINE_SIGNS[style]);
}

/** The line above the definition and its decorators, annotations or attributes. */
function aboveDecorators(lines: readonly string[], head: number): number {
  const depth = indentOf(lines[head] ?? '');
  let at = head - 1;
  for (;;) {
    const line = lines[at] ?? '';
    if (/^\s*(?:@\w|#\[)/.test(line)) at--;
    else if (/^\s*[)}\]]+\)?,?$/.test(line) && indentOf(line) === depth) {
      const opener = decoratorAbove(lines, at, depth);
      if (opener < 0) return at;
      at = opener - 1;
    } else return at;
  }
}

function decoratorAbove(lines: readonly string[], from: number, depth: number): number {
  for (let at = from - 1; at >= 0 && from - at < MAX_LINES; at--) {
    const line = lines[at] ?? '';
    if (line.trim() !== '' && indentOf(line) <= depth) return /^\s*@\w/.test(line) ? at : -1;
  }
  return -1;
}

function blockEndingAt(lines: readonly string[], last: number): DocComment | undefined {
  if (!(lines[last] ?? '').trimEnd().endsWith('*/')) return undefined;
  let first = last;
  while (first > 0 && last - first < MAX_LINES && !(lines[first] ?? '').trimStart().startsWith('/*')) first--;
  if (!/^\s*\/\*[*!](?!\/)/.test(lines[first] ?? '')) return undefined;
  const text = lines
    .slice(first, last + 1)
    .map((line) =>
      line
        .trimEnd()
        .replace(/^\s*\/\*[*!]+\s?/, '')
        .replace(/(?<!\*)\*+\/$/, '')
        .trimEnd()
        .replace(/^\s*\*(?!\*)\s?/, ''),
    )
    .join('\n');
  return { text, startLine: first + 1, endLine: last + 1 };
}

function signedLinesEndingAt(lines: readonly string[], last: number, sign: RegExp): DocComment | undefined {
  let first = last + 1;
  while (first > 0 && sign.test(lines[first - 1] ?? '')) first--;
  if (first > last) return undefined;
  const text = lines
    .slice(first, last + 1)
    .map((line) => line.replace(sign, '').trim())
    .join('\n');
  return { text, startLine: first + 1, endLine: last + 1 };
}

function docString(lines: readonly string[], head: number): DocComment | undefined {
  if (!PYTHON_HEAD.test(lines[head] ?? '')) return undefined;
  const first = afterPythonHead(lines, head);
  const [open, quote = ''] = DOC_STRING.exec(lines[first] ?? '') ?? [];
  if (open === undefined) return undefined;
  const rest = lines.slice(first, first + (quote.length === 1 ? 1 : MAX_LINES)).map((line) => line.trim());
  rest[0] = rest[0]?.slice(open.trim().length) ?? '';
  const length = rest.findIndex((line) => line.endsWith(quote)) + 1;
  if (length === 0) return undefined;
  const text = rest.slice(0, length).join('\n').slice(0, -quote.length);
  return { text, startLine: first + 1, endLine: first + length };
}

function afterPythonHead(lines: readonly string[], head: number): number {
  let last = head;
  while (last < head + MAX_HEAD_LINES && !endsHead(lines[last] ?? '')) last++;
  return last + 1;
}

/** A remark may follow. */
function endsHead(line: string): boolean {
  const code = line.slice(0, line.indexOf('#') + 1 || undefined);
  return line.trimEnd().endsWith(':') || /:\s*#$/.test(code);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
