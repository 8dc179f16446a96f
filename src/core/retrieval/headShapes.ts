/** What the heads of definitions are made of, in whatever language: names, types, lists in brackets. */
import type { RoledCode } from './roledCode.ts';
import { Role, type WordRole } from './wordRole.ts';

/** Parameter lists longer than this many tokens are not followed to their end. */
const MAX_PARAMETERS = 300;
/** Heads are looked through for so many tokens. */
export const MAX_HEAD = 24;

/** Keywords of one language are names in another, as in `get(key) {`. */
export function canBeName(role: WordRole): boolean {
  return (
    role === Role.Name ||
    role === Role.Definer ||
    role === Role.Binder ||
    role === Role.Capitals ||
    role === Role.Where ||
    role === Role.Typedef ||
    isModifier(role)
  );
}

export function isModifier(role: WordRole): boolean {
  return role === Role.Modifier || role === Role.Access || role === Role.Export;
}

/** Stands within types and qualified names. */
export function isTypeMark(role: WordRole): boolean {
  return (
    role === Role.TypeMark ||
    role === Role.PathMark ||
    role === Role.OpenAngle ||
    role === Role.CloseAngle ||
    role === Role.CloseAngles
  );
}

/** The index after the type parameters that begin at `from`; after `from` alone when they do not end in reach. */
export function skipGenerics(code: RoledCode, from: number): number {
  let depth = 0;
  for (let at = from; at - from < MAX_HEAD; at++) {
    const role = code.role(at);
    if (role === Role.OpenAngle) depth++;
    else if (role === Role.CloseAngle) depth--;
    else if (role === Role.CloseAngles) depth -= 2;
    if (depth <= 0) return at + 1;
  }
  return from + 1;
}

/** The index of the parenthesis that closes the one at `open`, or -1 when it is too far away. */
export function closing(code: RoledCode, open: number): number {
  let depth = 0;
  const limit = Math.min(code.end, open + MAX_PARAMETERS);
  for (let at = open; at < limit; at++) {
    const role = code.role(at);
    if (role === Role.OpenParenthesis) depth++;
    else if (role === Role.CloseParenthesis && --depth === 0) return at;
  }
  return -1;
}

/** The role of the first token after `at`, on whatever line; a line break when `at` is -1 or the last. */
export function roleAfter(code: RoledCode, at: number): WordRole {
  if (at < 0) return Role.LineBreak;
  let next = at + 1;
  while (next < code.end && code.role(next) === Role.LineBreak) next++;
  return code.role(next);
}
