/**
 * Finds what a line of code defines, in any of the common languages, from the line's shape alone. No grammar is
 * loaded, so it is quick enough for every line of a workspace; it misses unusual layouts and may take a macro call
 * for a function, which costs a little ranking and nothing else.
 */
import type { RoledCode } from './roledCode.ts';
import { Role, type WordRole } from './wordRole.ts';

/** Parameter lists longer than this many tokens are not followed to their end. */
const MAX_PARAMETERS = 300;
const MAX_HEAD = 24;

/**
 * The token index of the name that the line defines, or -1. `lineStart` is the index of the line's break token.
 */
export function definitionName(code: RoledCode, lineStart: number): number {
  const isTopLevel = code.gap(lineStart) === 0;
  const at = skipModifiers(code, lineStart + 1);
  const role = code.role(at);
  if (role === Role.Definer || role === Role.Function) {
    const name = afterDefiner(code, at + 1);
    if (name >= 0) return role === Role.Function ? methodOf(code, name) : name;
  }
  if (role === Role.Binder) {
    const name = boundName(code, at + 1, isTopLevel);
    if (name >= 0) return name;
  } else if (!canBeName(role)) {
    return -1;
  }
  const assigned = assignedName(code, at, isTopLevel);
  return assigned >= 0 ? assigned : calledShape(code, at);
}

/** Keywords of one language are names in another, as in `get(key) {`. */
function canBeName(role: WordRole): boolean {
  return role === Role.Name || role === Role.Definer || role === Role.Modifier || role === Role.Binder;
}

/** Names of methods may be words that begin statements elsewhere: `fn new(`. */
function isWord(role: WordRole): boolean {
  return canBeName(role) || role === Role.Statement || role === Role.Import;
}

function skipModifiers(code: RoledCode, from: number): number {
  let at = from;
  for (;;) {
    const role = code.role(at);
    const next = code.role(at + 1);
    if (role === Role.Modifier && startsHead(next)) at++;
    else if (role === Role.Modifier && next === Role.OpenParenthesis && isScopedVisibility(code, at)) at += 4;
    else if (role === Role.TypeMark && at > from && canBeName(next)) at++;
    else if (role === Role.Hash && code.gap(at + 1) === 0) at++;
    else return at;
  }
}

function startsHead(role: WordRole): boolean {
  return canBeName(role) || role === Role.Function || role === Role.Hash || role === Role.TypeMark;
}

function isTypeMark(role: WordRole): boolean {
  return (
    role === Role.TypeMark || role === Role.OpenAngle || role === Role.CloseAngle || role === Role.CloseAngles
  );
}

/** `pub(crate) fn …` */
function isScopedVisibility(code: RoledCode, at: number): boolean {
  return code.role(at + 3) === Role.CloseParenthesis && startsHead(code.role(at + 4));
}

function afterDefiner(code: RoledCode, from: number): number {
  let at = from;
  for (let steps = 0; steps < MAX_HEAD; steps++) {
    const role = code.role(at);
    const next = code.role(at + 1);
    if (role === Role.Name || (isWord(role) && endsName(next))) return lastOfChain(code, at);
    if (canBeName(role) || role === Role.Hash) at++;
    else if (isTypeMark(role)) at = skipGenerics(code, at);
    else if (role === Role.OpenParenthesis && steps === 0) return afterReceiver(code, at);
    else return -1;
  }
  return -1;
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

/** The index after the type parameters that begin at `from`; after `from` alone when they do not end in reach. */
function skipGenerics(code: RoledCode, from: number): number {
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

/** Lua: `function Reader:read(…)`. */
function methodOf(code: RoledCode, name: number): number {
  const isMethod = code.role(name + 1) === Role.Colon && code.role(name + 3) === Role.OpenParenthesis;
  return isMethod && canBeName(code.role(name + 2)) ? name + 2 : name;
}

function lastOfChain(code: RoledCode, from: number): number {
  let at = from;
  while (code.role(at + 1) === Role.Dot && canBeName(code.role(at + 2))) at += 2;
  return at;
}

/** `const name = …` counts at top level, and anywhere when the value is a function. */
function boundName(code: RoledCode, from: number, isTopLevel: boolean): number {
  const first = code.role(from);
  const isPrefix = first === Role.Modifier || first === Role.Binder;
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
  const at = code.role(from) === Role.Modifier ? from + 1 : from;
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

/** `Type name(…) {`, `name(…): Type {`, and with a type before it `Type name(…);`. */
function calledShape(code: RoledCode, from: number): number {
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
  const opensBody = role === Role.OpenBrace || role === Role.Colon || isTrailingModifier(role);
  const isPrototype = role === Role.Semicolon && names > 1;
  return opensBody || isPrototype ? name : -1;
}

/** `name() const {`, `name() throws E {` */
function isTrailingModifier(role: WordRole): boolean {
  return role === Role.Modifier || role === Role.Binder;
}

/** The role of the first token after `at`, on whatever line; a line break when `at` is -1 or the last. */
function roleAfter(code: RoledCode, at: number): WordRole {
  if (at < 0) return Role.LineBreak;
  let next = at + 1;
  while (next < code.end && code.role(next) === Role.LineBreak) next++;
  return code.role(next);
}

/** Steps back over type parameters, as in `name<T>(`. */
function beforeGenerics(code: RoledCode, from: number, start: number): number {
  if (code.role(from) !== Role.CloseAngle) return from;
  let at = from;
  while (at > start && code.role(at) !== Role.OpenAngle) at--;
  return at - 1;
}

/** The index of the parenthesis that closes the one at `open`, or -1 when it is too far away. */
function closing(code: RoledCode, open: number): number {
  let depth = 0;
  const limit = Math.min(code.end, open + MAX_PARAMETERS);
  for (let at = open; at < limit; at++) {
    const role = code.role(at);
    if (role === Role.OpenParenthesis) depth++;
    else if (role === Role.CloseParenthesis && --depth === 0) return at;
  }
  return -1;
}
