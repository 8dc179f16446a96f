import type { SegmentFile } from '../indexing/segment.ts';
import { definitionName } from './definitionName.ts';
import { RoledCode } from './roledCode.ts';
import { Role } from './wordRole.ts';

/** A line that defines something, by token index. */
export interface Definition {
  /** Index of the line's break token. */
  readonly line: number;
  readonly lineEnd: number;
  /** Half-open token range of the defined name, or of all the words of a heading. */
  readonly nameStart: number;
  readonly nameEnd: number;
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

/** Finds the definitions of a file, or the headings of a document, in one pass over its tokens. */
export function outlineOf(tokens: Uint32Array, roles: Uint8Array, file: SegmentFile): Outline {
  const code = new RoledCode(tokens, roles, file.tokenEnd);
  const isProse = PROSE.test(file.path);
  const definitions: Definition[] = [];
  const scopes: (Definition | undefined)[] = [];
  let scope: Definition | undefined;
  let nextChunk = 0;
  for (let line = file.tokenStart; line < file.tokenEnd;) {
    const lineEnd = code.lineEnd(line);
    const isBlank = lineEnd === line + 1;
    if (!isBlank && leavesScope(code, line)) {
      while (scope !== undefined && indent(code, scope.line) >= indent(code, line)) scope = scope.parent;
    }
    while ((file.chunks[nextChunk]?.tokenStart ?? Infinity) < lineEnd && !isBlank) {
      scopes[nextChunk++] = scope;
    }
    const name = isBlank ? undefined : nameRange(code, line, lineEnd, isProse);
    if (name !== undefined) {
      scope = { line, lineEnd, nameStart: name[0], nameEnd: name[1], parent: scope };
      definitions.push(scope);
    }
    line = lineEnd;
  }
  return { definitions, scopes };
}

function nameRange(
  code: RoledCode,
  line: number,
  lineEnd: number,
  isProse: boolean,
): readonly [number, number] | undefined {
  if (isProse) return code.role(line + 1) === Role.Hash ? [line + 2, lineEnd] : undefined;
  const name = definitionName(code, line);
  return name < 0 ? undefined : [name, name + 1];
}

/** A line that begins with closing punctuation belongs to what is open: `) {` ends a parameter list, not a body. */
function leavesScope(code: RoledCode, line: number): boolean {
  const role = code.role(line + 1);
  return role !== Role.CloseParenthesis && role !== Role.OpenBrace && role !== Role.Colon;
}

function indent(code: RoledCode, line: number): number {
  const gap = code.gap(line);
  return gap < 128 ? gap : (gap - 128) * SPACES_A_TAB;
}
