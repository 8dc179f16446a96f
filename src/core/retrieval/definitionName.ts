/**
 * Finds what a line of code defines, in any of the common languages, from the line's shape alone. No grammar is
 * loaded, so it is quick enough for every line of a workspace; it misses unusual layouts and may take a macro call
 * for a function, which costs a little ranking and nothing else.
 */
import {
  canBeName,
  closing,
  isModifier,
  isTypeMark,
  MAX_HEAD,
  roleAfter,
  skipGenerics,
  skipModifiers,
} from './headShapes.ts';
import { Role, type RoledCode, type WordRole } from './wordRole.ts';

/**
 * The token index of the name that the line defines, or -1. `lineStart` is the index of the line's break token. Fields and
 * properties are found by `memberName`.
 */
export function definitionName(code: RoledCode, lineStart: number): number {
  const at = skipModifiers(code, lineStart + 1);
  const role = code.role(at);
  if (role === Role.Definer || role === Role.Function) {
    const name = afterDefiner(code, at + 1);
    if (name >= 0) return role === Role.Function ? methodOf(code, name) : name;
  }
  if (role === Role.Typedef) {
    const name = typedefName(code, at + 1);
    if (name >= 0) return name;
  }
  const isTopLevel = code.gap(lineStart) === 0;
  if (role === Role.Binder) {
    const name = boundName(code, at + 1, isTopLevel);
    if (name >= 0) return name;
  } else if (!canBeName(role)) {
    return -1;
  }
  const assigned = assignedName(code, at, isTopLevel && code.role(at - 1) !== Role.Export);
  if (assigned >= 0) return assigned;
  const called = calledShape(code, at, at > lineStart + 1);
  if (called >= 0) return called;
  return isDashed(code, at) ? at : -1;
}

/** The index after a name that begins at `name`: names of shells may have dashes in them. */
export function definitionNameEnd(code: RoledCode, name: number): number {
  let end = name + 1;
  while (
    code.role(end) === Role.Dash &&
    code.gap(end) + code.gap(end + 1) === 0 &&
    canBeName(code.role(end + 1))
  ) {
    end += 2;
  }
  return end;
}

/** `my-function() {` */
function isDashed(code: RoledCode, from: number): boolean {
  const end = definitionNameEnd(code, from);
  return (
    end > from + 1 &&
    code.role(end) === Role.OpenParenthesis &&
    code.role(end + 1) === Role.CloseParenthesis &&
    roleAfter(code, end + 1) === Role.OpenBrace
  );
}

/** Names of methods may be words that begin statements elsewhere: `fn new(`. */
function isWord(role: WordRole): boolean {
  return canBeName(role) || role === Role.Statement || role === Role.Import;
}

function isPlainName(role: WordRole): boolean {
  return role === Role.Name || role === Role.Capitals;
}

function afterDefiner(code: RoledCode, from: number): number {
  let at = from;
  for (let steps = 0; steps < MAX_HEAD; steps++) {
    const role = code.role(at);
    const next = code.role(at + 1);
    // C++: `class MY_API Name`.
    if (role === Role.Capitals && isPlainName(next)) at++;
    else if (isPlainName(role) || (isWord(role) && endsName(next))) return afterOwner(code, at);
    else if (canBeName(role) || role === Role.Hash) at++;
    else if (isTypeMark(role)) at = skipGenerics(code, at);
    else if (role === Role.OpenParenthesis && steps === 0) return afterReceiver(code, at);
    else return -1;
  }
  return -1;
}

/** Kotlin: `fun <T> List<T>.second(): T`; other names of several parts, too. */
function afterOwner(code: RoledCode, from: number): number {
  const name = lastOfChain(code, from);
  if (code.role(name + 1) !== Role.OpenAngle) return name;
  const end = skipGenerics(code, name + 1);
  return code.role(end) === Role.Dot && canBeName(code.role(end + 1)) ? lastOfChain(code, end + 1) : name;
}

/** Go: `func (r *Reader) Read(…)`. */
function afterReceiver(code: RoledCode, at: number): number {
  const name = closing(code, at) + 1;
  return name > 0 && canBeName(code.role(name)) && code.role(name + 1) === Role.OpenParenthesis ? name : -1;
}

function endsName(role: WordRole): boolean {
  return (
    role === Role.OpenParenthesis || role === Role.Equals || role === Role.OpenBrace || role === Role.Colon
  );
}

/** C: `typedef struct a b;`, `typedef int (*b)(void);`; of what goes on below, what comes first. */
function typedefName(code: RoledCode, from: number): number {
  let last = -1;
  for (let at = from; at - from < MAX_HEAD; at++) {
    const role = code.role(at);
    if (
      role === Role.OpenParenthesis &&
      code.role(at + 1) === Role.TypeMark &&
      canBeName(code.role(at + 2))
    ) {
      return at + 2;
    }
    if (canBeName(role)) last = at;
    else if (role === Role.Equals || role === Role.Semicolon) return last;
    else if (!isTypeMark(role)) break;
  }
  return afterDefiner(code, from);
}

/** Lua: `function Reader:read(…)`. */
function methodOf(code: RoledCode, name: number): number {
  const isMethod = code.role(name + 1) === Role.Colon && code.role(name + 3) === Role.OpenParenthesis;
  return isMethod && canBeName(code.role(name + 2)) ? name + 2 : name;
}

function lastOfChain(code: RoledCode, from: number): number {
  let at = from;
  while (isChain(code.role(at + 1)) && canBeName(code.role(at + 2))) at += 2;
  return at;
}

function isChain(role: WordRole): boolean {
  return role === Role.Dot || role === Role.PathMark;
}

/** `const name = …` counts at top level, and anywhere when the value is a function. */
function boundName(code: RoledCode, from: number, isTopLevel: boolean): number {
  const first = code.role(from);
  const isPrefix = isModifier(first) || first === Role.Binder;
  const name = isPrefix && canBeName(code.role(from + 1)) ? from + 1 : from;
  const role = code.role(name);
  if (role === Role.Definer || role === Role.Function) {
    const defined = afterDefiner(code, name + 1);
    if (defined >= 0) return defined;
  }
  if (!canBeName(role)) return -1;
  const next = code.role(name + 1);
  if (next !== Role.Equals && next !== Role.Colon) return -1;
  return (isTopLevel && !isImported(code, name + 2)) || isFunctionValue(code, name + 2) ? name : -1;
}

/** `name = …` at top level; `a.b.name = function`, `name: (x) => …` anywhere. */
function assignedName(code: RoledCode, from: number, isTopLevel: boolean): number {
  const name = lastOfChain(code, from);
  const next = code.role(name + 1);
  if (next !== Role.Equals && next !== Role.Colon) return -1;
  const isValue = isTopLevel && next === Role.Equals && !isImported(code, name + 2);
  return isValue || isFunctionValue(code, name + 2) ? name : -1;
}

/** `require('…')` and `await import('…')`: what they give is defined elsewhere. */
function isImported(code: RoledCode, from: number): boolean {
  const at = code.role(from) === Role.Statement ? from + 1 : from;
  return code.role(at) === Role.Import && code.role(at + 1) === Role.OpenParenthesis;
}

function isFunctionValue(code: RoledCode, from: number): boolean {
  const at = isModifier(code.role(from)) ? from + 1 : from;
  const role = code.role(at);
  if (role === Role.Function) return true;
  if (canBeName(role)) return code.role(at + 1) === Role.Arrow;
  if (role !== Role.OpenParenthesis) return false;
  const close = closing(code, at);
  if (close < 0) return false;
  const next = code.role(close + 1);
  return next === Role.Arrow || (next === Role.Colon && hasArrow(code, close + 2));
}

function hasArrow(code: RoledCode, from: number): boolean {
  for (let at = from; at < from + MAX_HEAD && code.role(at) !== Role.LineBreak; at++) {
    if (code.role(at) === Role.Arrow) return true;
  }
  return false;
}

/** `Type name(…) {`, `name(…): Type {`, and with a type before it `Type name(…);`, `Type name(…) => …`. */
function calledShape(code: RoledCode, from: number, isModified: boolean): number {
  let at = from;
  let names = 0;
  for (; at - from < MAX_HEAD; at++) {
    const role = code.role(at);
    if (canBeName(role)) names++;
    else if (!isTypeMark(role) || names === 0) break;
  }
  if (code.role(at) !== Role.OpenParenthesis) return -1;
  const name = beforeGenerics(code, at - 1, from);
  if (name < from || !canBeName(code.role(name))) return -1;
  const role = roleAfter(code, closing(code, at));
  const opensBody = role === Role.OpenBrace || role === Role.Colon || isTrailing(role);
  const isPrototype = (role === Role.Semicolon || role === Role.Arrow) && (names > 1 || isModified);
  return opensBody || isPrototype ? name : -1;
}

/** `name() const {`, `name() throws E {`, `name<T>() where T : E {` */
function isTrailing(role: WordRole): boolean {
  return isModifier(role) || role === Role.Binder || role === Role.Where;
}

/** Steps back over type parameters, as in `name<T>(`. */
function beforeGenerics(code: RoledCode, from: number, start: number): number {
  if (code.role(from) !== Role.CloseAngle) return from;
  let at = from;
  while (at > start && code.role(at) !== Role.OpenAngle) at--;
  return at - 1;
}
