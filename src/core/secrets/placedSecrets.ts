import { bareSecrets, type BarePlace } from './bareSecrets.ts';
import { secretRole, type SecretRole } from './secretRole.ts';
import { isQuote, matchAt, nameEnd, nameStart, skipBlanks, startOfLine } from './textAround.ts';
import { bareUntil, beginsQuoted, list, one, quoted, type SecretSpan } from './valueAt.ts';

/** What every name that `secretRole` knows has in it. */
const ANCHOR = /pass|pwd|secret|token|key|auth|cred|psk|kennwort|pw|salt|pat\b|sig\b|otp\b/gi;
const MAX_NAME = 60;
const MAX_TYPE = 48;
/** How far behind a name in a list of names and values its value may be. */
const MAX_APART = 240;

const SEPARATOR = /===?|!==?|=>|:=|\?\?=|\|\|=|\?=|<-|->|\|\||\?\?|:-|[:=,(>]|\b(?:to|or|is)\b|\|/y;
const FALLBACK = /^[\w.$?!:[\]"'()-]{1,80} {0,4}(?:\|\||\?\?|\bor\b|\?:) {0,4}/;
const ASSIGNS: ReadonlySet<string> = new Set([':', '=', '=>', ':=']);
const IN_BRACES = /[}\s"']/;
/** Functions that get a name and something else than its value. */
const NO_SETTER =
  /(?:^|[^\w$])(?:t|i18n|translate|gettext|describe|it|test|each|column|field|label|log|print|printf|error|warn|replace|replaceAll|join|require|expect|compare|startsWith|includes|input|query|scope|node|token|createToken)\($/i;
const NAME_KEY =
  /(?:^|[\s{,<(["'])(?:name|key|id|variable|param|property|parameter)["']?\s{0,4}[:=]?\s{0,4}["']?$/i;
const VALUE_KEY =
  /(?:^|[\s{,"'(])(?:value|default|defaultValue|default_value|string_value)["']?\s{0,8}[:=]\s{0,8}(?=\S)/i;

/** The secrets that a text holds by what they are assigned to, passed as or placed in. Names and values in order. */
export function placedSecrets(text: string): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  ANCHOR.lastIndex = 0;
  for (let found = ANCHOR.exec(text); found !== null; found = ANCHOR.exec(text)) {
    const start = nameStart(text, found.index);
    const end = nameEnd(text, ANCHOR.lastIndex);
    ANCHOR.lastIndex = end;
    const name = text.slice(start, end);
    const { from, quote } = dottedStart(text, start);
    const role = secretRole(name, text.slice(from, start));
    if (role === undefined) continue;
    for (const span of valuesOf(text, { name, start, end, role, from, quote })) spans.push(span);
  }
  return spans;
}

interface Named {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly role: SecretRole;
  /** Of all that the name is the end of, as `db.password`. */
  readonly from: number;
  /** That it begins with, `\\"` within a quotation; empty without. */
  readonly quote: string;
}

function valuesOf(text: string, named: Named): readonly SecretSpan[] {
  const { start, role, quote } = named;
  const outer = named.from - quote.length;
  const at = endOfName(text, named);
  if (NAME_KEY.test(text.slice(Math.max(0, outer - 24), outer))) {
    const apart = valueApart(text, outer, at, role);
    if (apart.length > 0) return apart;
  }
  const separatorAt = skipBlanks(text, at);
  const separator = matchAt(SEPARATOR, text, separatorAt);
  const isOption = text.startsWith('-', start) || text[named.from - 1] === '-';
  const from = skipBlanks(text, separatorAt + separator.length, true);
  if (ASSIGNS.has(separator)) {
    return assigned(text, named, { ...named, end: at, separator, separatorAt, from, isOption });
  }
  switch (separator) {
    case '':
      return behindBlank(text, named, separatorAt, isOption);
    case '>':
      return inElement(text, named, separatorAt);
    case ',':
      return isSet(text, named, isOption) ? quoted(text, from, role) : [];
    case '(':
      return quote === '' && separatorAt === at ? passed(text, from, role) : [];
    case ':-':
      return bareUntil(text, from, role, IN_BRACES);
    default:
      return isToldOf(separator, quote, text[from]) ? quoted(text, from, role) : [];
  }
}

/** Not so of one name or another in a sentence or a type; of a table, the cells are quoted alike. */
function isToldOf(separator: string, quote: string, opening: string | undefined): boolean {
  if (separator === '|') return quote === '' && opening === '`';
  return separator !== 'or' || quote !== '`';
}

/** Behind what belongs to a name: its quote, brackets of an index, the mark of an optional member. */
function endOfName(text: string, { end, quote }: Named): number {
  let at = text.startsWith(quote, end) ? end + quote.length : end;
  if (quote === '') at += /^\[\w{0,8}\]/.exec(text.slice(at, at + 10))?.[0].length ?? 0;
  if (/^[?!]:/.test(text.slice(at, at + 2))) at++;
  return at + (/^[\]})]{0,3}/.exec(text.slice(at, at + 3))?.[0].length ?? 0);
}

function passed(text: string, from: number, role: SecretRole): readonly SecretSpan[] {
  if (role === 'many') return list(text, from, ')');
  return quoted(text, from, role === 'header' ? 'strong' : role);
}

function assigned(
  text: string,
  { from: first, quote, role }: Named,
  place: BarePlace,
): readonly SecretSpan[] {
  const { separator } = place;
  const isUnquotedColon = separator === ':' && quote === '';
  const from = isUnquotedColon ? (behindType(text, place.from) ?? place.from) : place.from;
  if (isUnquotedColon && text.startsWith('${', first - 2)) return bareUntil(text, from, role, IN_BRACES);
  if (role === 'many') return list(text, from, undefined);
  const inQuotes = quoted(text, from, role);
  if (inQuotes.length > 0 || isQuote(text[from])) return inQuotes;
  const other = FALLBACK.exec(text.slice(from, from + 100));
  if (other !== null) return quoted(text, from + other[0].length, role);
  return separator === ':' || separator === '=' ? bareSecrets(text, { ...place, from }) : [];
}

/** `<password>…</password>`, from the end of the name on; also behind attributes. */
function inElement(text: string, { start, role }: Named, closing: number): readonly SecretSpan[] {
  const before = text.slice(Math.max(0, start - 40), start);
  if (!/<(?:[\w-]{0,30}:|[\w.-]{0,30})$/.test(before)) {
    if (!/(?:name|key)=["']?(?:[\w.-]{0,30})$/i.test(before)) return [];
  }
  let from = closing + 1;
  if (text.startsWith('<![CDATA[', from)) from += 9;
  const inner = /^\s{0,40}<(?:value|string)>/.exec(text.slice(from, from + 60));
  if (inner !== null) from += inner[0].length;
  const until = text.slice(from, from + 2_000).search(/\]\]>|<|$/);
  return one(text, from, from + until, role, false);
}

/** What stands behind a name with nothing but blanks between them. */
function behindBlank(text: string, named: Named, from: number, isOption: boolean): readonly SecretSpan[] {
  const { end, start, role, quote } = named;
  if (from === end) return inNextElement(text, end, role);
  const lineStart = startOfLine(text, start);
  const before = text.slice(Math.max(lineStart, start - 80), start);
  if (/<[\w.:-]{0,30}$/.test(before)) {
    const close = text.slice(from, from + 200).indexOf('>');
    return close === -1 ? [] : inElement(text, named, from + close);
  }
  if (quote !== '' && !isOption) return [];
  if (/^(?:requirepass|masterauth|rootpw|bindpw)$/.test(named.name) && /^\s*$/.test(before)) {
    return bareUntil(text, from, role, /\s/);
  }
  const declared = behindDeclaration(text, from);
  if (declared !== undefined) return quoted(text, declared, role);
  const isTold = isOption || isDirective(before);
  if (beginsQuoted(text, from)) return isTold || role === 'strong' ? quoted(text, from, role) : [];
  return isTold ? bareUntil(text, from, role, /[\s"'`;|&)\\]/) : [];
}

/** `<key>Password</key><string>…</string>`. */
function inNextElement(text: string, end: number, role: SecretRole): readonly SecretSpan[] {
  const between = /^<\/(?:key|name|param-name)>\s{0,40}<(?:string|value|param-value)>/.exec(
    text.slice(end, end + 80),
  );
  if (between === null) return [];
  const at = end + between[0].length;
  return one(text, at, at + text.slice(at, at + 400).search(/<|$/), role, false);
}

/** `ENV NAME value`, `ARG`, `set -x NAME value`, `requirepass value`, `machine … password value`. */
function isDirective(before: string): boolean {
  return (
    /^\s*(?:ENV|ARG|setx|set -\w+|env)\s+[\w.-]*$/i.test(before) ||
    /^\s*(?:machine|default|login|user)\s+[^"'(){}]*$/.test(before)
  );
}

/** `name TYPE = "…"`: the offset behind the sign, where that is near. */
function behindDeclaration(text: string, from: number): number | undefined {
  const gap = /^[A-Za-z][\w .*()[\]]{0,32}?(?:=|\bDEFAULT\b)(?![=>])\s{0,8}/i.exec(
    text.slice(from, from + MAX_TYPE),
  );
  if (gap === null) return undefined;
  const at = from + gap[0].length;
  return beginsQuoted(text, at) ? at : undefined;
}

/** `name: Type = "…"`. */
function behindType(text: string, from: number): number | undefined {
  const gap = /^[\w.<>&?| [\]']{1,40}?=(?![=>])\s{0,8}/.exec(text.slice(from, from + MAX_TYPE));
  if (gap === null) return undefined;
  return from + gap[0].length;
}

/** `key="password" … value="…"`, `name: DB_PASSWORD` and `value: …` below it, `variable "db_password" { default = "…" }`. */
function valueApart(text: string, start: number, from: number, role: SecretRole): readonly SecretSpan[] {
  const window = text.slice(from, from + MAX_APART);
  const close = window.search(/[}]|\/>|\n\s*-\s|\n\s*\n/);
  const within = close === -1 ? window : window.slice(0, close);
  const key = VALUE_KEY.exec(within);
  if (key === null) {
    // The other way round, in a tag: `value="…" key="password"`.
    const before = /\bvalue=["']([^"'<>]*)["'] {1,4}(?:name|key)=$/i.exec(
      text.slice(Math.max(0, start - 120), start),
    );
    if (before?.[1] === undefined) return [];
    const value = start - before[0].length + before[0].indexOf(before[1], 7);
    return one(text, value, value + before[1].length, role, false);
  }
  const at = from + key.index + key[0].length;
  const inQuotes = quoted(text, at, role);
  if (inQuotes.length > 0 || isQuote(text[at])) return inQuotes;
  return bareUntil(text, at, role, /[\s,}]/);
}

/** The quoted name is an option, or the first argument of a call that might set something. */
function isSet(text: string, { from, quote }: Named, isOption: boolean): boolean {
  if (quote === '' || text[from] === '/') return false;
  if (isOption) return true;
  const before = text.slice(Math.max(0, from - quote.length - 80), from - quote.length).trimEnd();
  if (!before.endsWith('(')) return /\bbuildConfigField\(? ?["']String["'],$/.test(before);
  return !NO_SETTER.test(before);
}

/** Where the dotted name that ends with this one begins, and the quote before that. */
function dottedStart(text: string, start: number): { readonly from: number; readonly quote: string } {
  let from = start;
  while (from > 0 && start - from < MAX_NAME && /[\w.:/$#-]/.test(text.charAt(from - 1))) from--;
  const quote = text.charAt(from - 1);
  if (!isQuote(quote)) return { from, quote: '' };
  return { from, quote: text[from - 2] === '\\' ? `\\${quote}` : quote };
}
