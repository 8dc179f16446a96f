import { runToCompletion } from '../async/incremental.ts';
import type { SegmentFile } from '../indexing/segment.ts';
import { definitionName, definitionNameEnd } from './definitionName.ts';
import { canBeName, isTypeMark, MAX_HEAD, roleAfter, skipModifiers } from './headShapes.ts';
import { Role, RoledCode, type WordRole } from './wordRole.ts';

/** A line that defines something, by token index. */
export interface Definition {
  /** Index of the line's break token. */
  readonly line: number;
  readonly lineEnd: number;
  /** Half-open token range of the defined name, or of all the words of a heading. */
  readonly nameStart: number;
  readonly nameEnd: number;
  /** A field or property, which says less about the code around it than a function or a type does. */
  readonly isMember: boolean;
  /** Half-open token range of the line with the comment above it or the doc string below. */
  readonly textStart: number;
  readonly textEnd: number;
  /** Nearest enclosing definition by indentation. */
  readonly parent: Definition | undefined;
}

export interface Outline {
  readonly definitions: readonly Definition[];
  /** For each chunk, the innermost definition its first line lies in. */
  readonly scopes: readonly (Definition | undefined)[];
}

const PROSE = /\.(?:md|mdx|markdown|rst|adoc|txt)$/i;
const SPACES_A_TAB = 4;
const DOC_STRING_LINES = 3;
const STEP_TOKENS = 4096;

/** True for documents, where headings stand for definitions. */
export function isProse(path: string): boolean {
  return PROSE.test(path);
}

/** Finds the definitions of a file, or the headings of a document, in one pass over its tokens. */
export function outlineOf(tokens: Uint32Array, roles: Uint8Array, file: SegmentFile): Outline {
  return runToCompletion(outlineIncrementally(tokens, roles, file));
}

/** The same in steps, each a small part of a millisecond unless a line is very long. */
export function* outlineIncrementally(
  tokens: Uint32Array,
  roles: Uint8Array,
  file: SegmentFile,
): Generator<void, Outline> {
  const code = new RoledCode(tokens, roles, file.tokenEnd);
  const hasHeadings = isProse(file.path);
  const definitions: Definition[] = [];
  const scopes: (Definition | undefined)[] = [];
  let scope: Definition | undefined;
  let commentStart = -1;
  let stepEnd = file.tokenStart + STEP_TOKENS;
  for (let line = file.tokenStart, lineEnd; line < file.tokenEnd; line = lineEnd) {
    lineEnd = code.lineEnd(line);
    if (line >= stepEnd) {
      stepEnd = line + STEP_TOKENS;
      yield;
    }
    if (lineEnd === line + 1) {
      commentStart = -1;
      continue;
    }
    scope = scopeAt(code, line, scope);
    while ((file.chunks[scopes.length]?.tokenStart ?? Infinity) < lineEnd) scopes.push(scope);
    const name = hasHeadings ? -1 : definitionName(code, line);
    const member = hasHeadings || name >= 0 ? -1 : memberName(code, line);
    const [nameStart, nameEnd] = hasHeadings
      ? heading(code, line, lineEnd)
      : nameIn(code, Math.max(name, member));
    if (nameStart < nameEnd) {
      const textStart = commentStart < 0 ? line : commentStart;
      const textEnd = hasHeadings ? lineEnd : docStringEnd(code, lineEnd);
      scope = { line, lineEnd, nameStart, nameEnd, isMember: member >= 0, textStart, textEnd, parent: scope };
      definitions.push(scope);
      commentStart = -1;
    } else if (!isAside(code, line)) commentStart = -1;
    else if (commentStart < 0) commentStart = line;
  }
  return { definitions, scopes };
}

/** The innermost definition around a line, given that of the line before. */
function scopeAt(code: RoledCode, line: number, before: Definition | undefined): Definition | undefined {
  let scope = before;
  if (!continuesHead(code, line)) {
    while (scope !== undefined && indent(code, scope.line) >= indent(code, line)) scope = scope.parent;
  }
  return scope;
}

/** A line that begins with such punctuation belongs to what is open: `) {` ends a parameter list, not a body. */
function continuesHead(code: RoledCode, line: number): boolean {
  const role = code.role(line + 1);
  return role === Role.CloseParenthesis || role === Role.OpenBrace || role === Role.Colon;
}

type TokenRange = readonly [start: number, end: number];
const NO_NAME: TokenRange = [0, 0];

function nameIn(code: RoledCode, name: number): TokenRange {
  return name < 0 ? NO_NAME : [name, definitionNameEnd(code, name)];
}

function heading(code: RoledCode, line: number, lineEnd: number): TokenRange {
  let start = line + 1;
  while (code.role(start) === Role.Hash) start++;
  return start > line + 1 ? [start, lineEnd] : NO_NAME;
}

/** Comments, their middle lines, annotations, preprocessor lines. */
function isAside(code: RoledCode, line: number): boolean {
  const role = code.role(line + 1);
  return role === Role.Comment || role === Role.At || role === Role.Hash || role === Role.TypeMark;
}

/** The end of the first lines of a string that stands alone below a definition. */
function docStringEnd(code: RoledCode, lineEnd: number): number {
  if (code.role(lineEnd + 1) !== Role.Quote) return lineEnd;
  let end = lineEnd;
  for (let lines = 0; lines < DOC_STRING_LINES && end < code.end; lines++) end = code.lineEnd(end);
  return end;
}

function indent(code: RoledCode, line: number): number {
  const gap = code.gap(line);
  return gap < 128 ? gap : (gap - 128) * SPACES_A_TAB;
}

/**
 * The name of a field, constant, property or event after its modifiers, or -1: `int count;`, `Map<K, V> byId = …`,
 * `string Name { get; }`, `name: String`, `table;`. What only has such a form inside of functions is told apart by what
 * stands before it: one of the modifiers must be such as only members and shared values have.
 */
function memberName(code: RoledCode, lineStart: number): number {
  const from = skipModifiers(code, lineStart + 1);
  if (!isShared(code, lineStart + 1, from)) return -1;
  const isBound = code.role(from) === Role.Binder && canBeName(code.role(from + 1));
  const first = isBound ? from + 1 : from;
  let at = first;
  let name = -1;
  let names = 0;
  for (; at - first < MAX_HEAD && isDeclared(code.role(at), names); at++) {
    if (!canBeName(code.role(at))) continue;
    name = at;
    names++;
  }
  return endsMember(code, at, { isTyped: names > 1, isBound }) ? name : -1;
}

/** Part of a type or a name. */
function isDeclared(role: WordRole, names: number): boolean {
  return canBeName(role) || role === Role.Dot || (isTypeMark(role) && names > 0);
}

function endsMember(
  code: RoledCode,
  at: number,
  { isTyped, isBound }: { readonly isTyped: boolean; readonly isBound: boolean },
): boolean {
  switch (code.role(at)) {
    case Role.Equals:
    case Role.Semicolon:
      return true;
    case Role.Colon:
      return !isTyped || isBound;
    case Role.OpenBrace:
    case Role.Arrow:
      return isTyped;
    case Role.LineBreak:
      return isTyped && roleAfter(code, at - 1) === Role.OpenBrace;
    default:
      return false;
  }
}

function isShared(code: RoledCode, from: number, end: number): boolean {
  let shared = false;
  for (let at = from; at < end; at++) {
    const role = code.role(at);
    if (role === Role.Export) return false;
    shared ||= role === Role.Access;
  }
  return shared;
}
