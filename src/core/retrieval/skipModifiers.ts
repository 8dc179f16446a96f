import { canBeName, closing, isModifier, skipGenerics } from './headShapes.ts';
import type { RoledCode } from './roledCode.ts';
import { Role, type WordRole } from './wordRole.ts';

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
