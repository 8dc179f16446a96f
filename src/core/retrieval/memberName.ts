import { canBeName, isTypeMark, MAX_HEAD, roleAfter } from './headShapes.ts';
import type { RoledCode } from './roledCode.ts';
import { skipModifiers } from './skipModifiers.ts';
import { Role, type WordRole } from './wordRole.ts';

/**
 * The name of a field, constant, property or event after its modifiers, or -1: `int count;`, `Map<K, V> byId = …`,
 * `string Name { get; }`, `name: String`, `table;`. What only has such a form inside of functions is told apart by what
 * stands before it: one of the modifiers must be such as only members and shared values have.
 */
export function memberName(code: RoledCode, lineStart: number): number {
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
