/** What the heads of definitions are made of, in whatever language: names, types, lists in brackets. */

import { Role, type RoledCode, type WordRole } from './wordRole.ts';

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

/** The index of the first token of a line that is neither an annotation nor a modifier of what follows. */
export function skipModifiers(code: RoledCode, from: number): number {
  let at = skipAnnotations(code, from);
  for (;;) {
    const next = afterModifier(code, at, at > from);
    if (next < 0) return at;
    at = next;
  }
}

/** The index after what stands before a head at `at`; -1 when there is nothing, or no head for it. */
function afterModifier(code: RoledCode, at: number, isLater: boolean): number {
  const role = code.role(at);
  if (isModifier(role)) return afterWord(code, at);
  if (isCaseOfClass(code, at) || isAnnotationType(code, at)) return at + 1;
  if (role === Role.TypeMark && isLater && canBeName(code.role(at + 1))) return at + 1;
  if (role === Role.Hash && code.gap(at + 1) === 0) return at + 1;
  return isDeclaringMacro(code, at) ? closing(code, at + 1) + 1 : -1;
}

function afterWord(code: RoledCode, at: number): number {
  const next = code.role(at + 1);
  if (startsHead(next) || isCaseOfClass(code, at + 1) || isAnnotationType(code, at + 1)) return at + 1;
  if (next === Role.OpenParenthesis && isScopedVisibility(code, at)) return at + 4;
  if (next === Role.OpenAngle) return ifHead(code, skipGenerics(code, at + 1));
  // Of another language: `extern "C" fn`.
  return next === Role.Quote && code.role(at + 3) === Role.Quote ? ifHead(code, at + 4) : -1;
}

/** Java, Kotlin, Swift: `@Override public String toString() {`. Nothing is skipped when nothing follows in the line. */
function skipAnnotations(code: RoledCode, from: number): number {
  let at = from;
  while (code.role(at) === Role.At && code.gap(at + 1) === 0 && canBeName(code.role(at + 1))) {
    if (isAnnotationType(code, at)) return at;
    let end = at + 2;
    while (code.role(end) === Role.Dot && canBeName(code.role(end + 1))) end += 2;
    if (code.role(end) === Role.OpenParenthesis && code.gap(end) === 0) end = closing(code, end) + 1;
    if (end <= at || code.role(end) === Role.LineBreak) return from;
    at = end;
  }
  return at;
}

/** Java: `@interface Fast {`. */
function isAnnotationType(code: RoledCode, at: number): boolean {
  return code.role(at) === Role.At && code.gap(at + 1) === 0 && code.role(at + 1) === Role.Definer;
}

/** Scala: `case class Leaf(`. */
function isCaseOfClass(code: RoledCode, at: number): boolean {
  return (
    code.role(at) === Role.Statement &&
    code.role(at + 1) === Role.Definer &&
    code.gap(at + 2) > 0 &&
    (code.role(at + 2) === Role.Name || code.role(at + 2) === Role.Capitals)
  );
}

/** `pub(crate) fn …` */
function isScopedVisibility(code: RoledCode, at: number): boolean {
  return code.role(at + 3) === Role.CloseParenthesis && startsHead(code.role(at + 4));
}

/** C: `MY_API(int) name(…);` */
function isDeclaringMacro(code: RoledCode, at: number): boolean {
  if (code.role(at) !== Role.Capitals || code.role(at + 1) !== Role.OpenParenthesis) return false;
  const close = closing(code, at + 1);
  return close > 0 && canBeName(code.role(close + 1)) && code.role(close + 2) === Role.OpenParenthesis;
}

function ifHead(code: RoledCode, at: number): number {
  return startsHead(code.role(at)) ? at : -1;
}

function startsHead(role: WordRole): boolean {
  return canBeName(role) || role === Role.Function || role === Role.Hash || role === Role.TypeMark;
}
