import { secretRole, type SecretRole } from './secretRole.ts';
import { isSecretValue } from './secretValue.ts';

/** Offsets of a secret in a text, the end exclusive. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
}

/** What every name that `secretRole` knows has in it. */
const ANCHOR = /pass|pwd|secret|token|key|auth|cred|psk|kennwort|pw|salt|pat\b|sig\b|otp\b/gi;
const MAX_NAME = 60;
const MAX_BLANKS = 60;
const MAX_TYPE = 48;
/** Of a line that is looked at, to either side. */
const MAX_LINE = 1_000;
/** How far behind a name in a list of names and values its value may be. */
const MAX_APART = 240;

const SEPARATOR = /===?|!==?|=>|:=|\?\?=|\|\|=|\?=|<-|->|\|\||\?\?|:-|[:=,(>]|\b(?:to|or|is)\b|\|/y;
const WRAPPER =
  /(?:new )?(?:\[\]byte|(?:std::)?(?:Secure|Secret)?[Ss]tr(?:ing)?(?:::(?:from|new))?|String\.valueOf|SecretStr|SecretString(?:::new)?|Secret(?:::new)?|Some|Just|bytes|Bytes|Buffer\.from|base64encode|b64encode|b64enc|md5|sha1|sha256|Password|Box::new|char\[\]|utf8\.encode|ConvertTo-SecureString(?: -String)?)(?:\(| )/y;
const PREFIX = /(?:br|rb|[bBrRuUNLfF@$&]|@\$|\$@)(?=["'`])/y;
const QUOTE = /\\{0,3}(?:"""|'''|["'`])/y;
const FALLBACK = /[\w.$?!:[\]"'()-]{1,80} {0,4}(?:\|\||\?\?|\bor\b|\?:) {0,4}/y;
const WORD_CODE = /[A-Za-z0-9_-]/;
/** Functions that get a name and something else than its value. */
const NO_SETTER =
  /^(?:t|i18n|translate|gettext|describe|it|test|each|column|field|label|log|print|printf|error|warn|replace|replaceAll|join|require|expect|compare|startsWith|includes|input|query|scope|node|token|createToken)$/i;
const NAME_KEY =
  /(?:^|[\s{,<(["'])(?:name|key|id|variable|param|property|parameter)["']?\s{0,4}[:=]?\s{0,4}["']?$/i;
const VALUE_KEY =
  /(?:^|[\s{,"'(])(?:value|default|defaultValue|default_value|string_value)["']?\s{0,8}[:=]\s{0,8}(?=\S)/i;

/** The secrets that a text holds by what they are assigned to, passed as or placed in. Names and values in order. */
export function placedSecrets(text: string): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  const anchor = new RegExp(ANCHOR);
  for (let found = anchor.exec(text); found !== null; found = anchor.exec(text)) {
    const start = nameStart(text, found.index);
    const end = nameEnd(text, anchor.lastIndex);
    anchor.lastIndex = end;
    const name = text.slice(start, end);
    const { from, quote } = dottedStart(text, start);
    const role = secretRole(name, text.slice(from, start));
    if (role !== undefined) spans.push(...valuesOf(text, { name, start, end, role, from, quote }));
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
  const { start, end, role, quote } = named;
  const outer = named.from - quote.length;
  let at = skipText(text, end, quote);
  if (quote === '') at = skipDimension(text, at);
  if (/[?!]/.test(text[at] ?? '') && text[at + 1] === ':') at++;
  for (let brackets = 0; brackets < 3 && /[\]})]/.test(text[at] ?? ''); brackets++) at++;
  if (NAME_KEY.test(text.slice(Math.max(0, outer - 24), outer))) {
    const apart = valueApart(text, outer, at, role);
    if (apart.length > 0) return apart;
  }
  const separatorAt = skipBlanks(text, at);
  const separator = matchAt(SEPARATOR, text, separatorAt);
  const isOption = text.startsWith('-', start) || text[named.from - 1] === '-';
  if (separator === '') return behindBlank(text, named, separatorAt, isOption);
  let from = skipBlanks(text, separatorAt + separator.length, separator !== '(' || quote === '');
  switch (separator) {
    case '>':
      return inElement(text, named, separatorAt);
    case ',':
      return quote !== '' && (isOption || isFirstArgument(text, outer)) ? quoted(text, from, role) : [];
    case '(':
      if (quote !== '' || separatorAt !== at) return [];
      return role === 'many'
        ? list(text, from, ')')
        : quoted(text, from, role === 'header' ? 'strong' : role);
    case ':':
      if (quote === '') from = behindType(text, from) ?? from;
      if (quote === '' && text.startsWith('${', outer - 2)) return bareUntil(text, from, role, /[}\s"']/);
      break;
    case '=':
    case '=>':
    case ':=':
      break;
    case '|':
      return quote === '' && text[from] === '`' ? quoted(text, from, role) : [];
    case ':-':
      return bareUntil(text, from, role, /[}\s"']/);
    default:
      return quoted(text, from, role);
  }
  if (role === 'many') return list(text, from, undefined);
  const inQuotes = quoted(text, from, role);
  if (inQuotes.length > 0 || isQuote(text[from])) return inQuotes;
  const other = matchAt(FALLBACK, text, from);
  if (other !== '') return quoted(text, from + other.length, role);
  if (separator === '=>' || separator === ':=') return [];
  return bare(text, named, { at, separator, separatorAt, from, isOption });
}

/** `"…"` behind what makes a value of it: a type's constructor, an encoding, a mark of the literal. */
function quoted(text: string, from: number, role: SecretRole): readonly SecretSpan[] {
  let at = from;
  for (let wrapped = 0; wrapped < 3; wrapped++) at += matchAt(WRAPPER, text, at).length;
  at += matchAt(PREFIX, text, at).length;
  const quote = matchAt(QUOTE, text, at);
  if (quote === '') return [];
  const start = at + quote.length;
  const end = endOfQuoted(text, start, quote);
  if (end === undefined) return [];
  const after = text.slice(end + quote.length, end + quote.length + 12);
  // An index, a key of a map or the first part of a text that is put together.
  if (/^\s*\+\s*[a-zA-Z]/.test(after) || (/^["'`]?\]/.test(after.slice(0, 1)) && role === 'weak')) return [];
  return one(text, start, end, role, false);
}

/** The value itself, or what stands in it behind a scheme such as `Bearer`. */
function one(
  text: string,
  start: number,
  end: number,
  role: SecretRole,
  isBare: boolean,
): readonly SecretSpan[] {
  const value = text.slice(start, end);
  const scheme = /^(?:Bearer|Basic|Token|token|ApiKey|Negotiate|Digest)[ ]+/.exec(value);
  if (scheme !== null) {
    const rest = value.slice(scheme[0].length);
    return isSecretValue(rest, 'strong', false) && !/\s/.test(rest)
      ? [{ start: start + scheme[0].length, end }]
      : [];
  }
  if (role === 'header')
    return isSecretValue(value, 'fair', isBare) && !/\s/.test(value) ? [{ start, end }] : [];
  return isSecretValue(value, role, isBare) ? [{ start, end }] : [];
}

function list(text: string, from: number, end: string | undefined): readonly SecretSpan[] {
  const closing = end ?? { '[': ']', '(': ')', '{': '}' }[text[from] ?? ''];
  if (closing === undefined) return [];
  const spans: SecretSpan[] = [];
  let at = end === undefined ? from + 1 : from;
  for (let count = 0; count < 50; count++) {
    at = skipBlanks(text, at, true);
    const quote = matchAt(QUOTE, text, at);
    if (quote === '') break;
    const until = endOfQuoted(text, at + quote.length, quote);
    if (until === undefined) break;
    spans.push(...one(text, at + quote.length, until, 'many', false));
    at = skipBlanks(text, until + quote.length, true);
    if (text[at] !== ',') break;
    at++;
  }
  return spans;
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
  const inKey = /^<\/(?:key|name|param-name)>\s{0,40}<(?:string|value|param-value)>/.exec(
    text.slice(end, end + 80),
  );
  if (inKey !== null) {
    const at = end + inKey[0].length;
    return one(text, at, at + text.slice(at, at + 400).search(/<|$/), role, false);
  }
  if (from === end) return [];
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
  if (isQuote(text[from]) || matchAt(PREFIX, text, from) !== '') {
    if (isOption || isDirective(before) || role === 'strong') return quoted(text, from, role);
    return [];
  }
  if (isOption || isDirective(before)) return bareUntil(text, from, role, /[\s"'`;|&)\\]/);
  return [];
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
  return isQuote(text[at]) || matchAt(PREFIX, text, at) !== '' || matchAt(WRAPPER, text, at) !== ''
    ? at
    : undefined;
}

/** `name: Type = "…"`. */
function behindType(text: string, from: number): number | undefined {
  const gap = /^[\w.<>&?| [\]']{1,40}?=(?![=>])\s{0,8}/.exec(text.slice(from, from + MAX_TYPE));
  if (gap === null) return undefined;
  return from + gap[0].length;
}

interface Place {
  readonly at: number;
  readonly separator: string;
  readonly separatorAt: number;
  readonly from: number;
  readonly isOption: boolean;
}

/** A value without quotes: where the line, the address or the text around it leaves no doubt that it is one. */
function bare(text: string, { name, start, role }: Named, place: Place): readonly SecretSpan[] {
  const { at, separator, separatorAt, from, isOption } = place;
  if (/[\n\r]/.test(text.slice(separatorAt, from))) return [];
  const lineStart = startOfLine(text, start);
  const before = text.slice(Math.max(lineStart, start - 200), start);
  const isTight = separatorAt === at && from === separatorAt + separator.length;
  if (separator === '=' && isTight) {
    if (/[?&;][\w.-]*$/.test(before) && !/;\s*$/.test(before.slice(0, -1) + ' ')) {
      return bareUntil(text, from, role, /[\s"'`&;<>\\)\]}]/);
    }
    if (/[?&;,][\w. -]*$/.test(before) && isInQuotes(before))
      return bareUntil(text, from, role, /["'`&;<>\s\\]/);
    if (isInQuotes(before)) return bareUntil(text, from, role, /[\s"'`&;<>,\\]/);
    if (isOption || /(?:^|\s)(?:--?[\w-]*|-[De]\s?|--env |--build-arg )[\w.-]*$/.test(before)) {
      return bareUntil(text, from, role, /[\s"'`;|&)]/);
    }
    if (
      /^\s*(?:(?:export|set|SET|ENV|ARG|env|local|readonly|declare(?: -\w+)?)\s+|[-#;]\s*|\/\/\s*)?(?:"?[\w.:/-]*)$/.test(
        before,
      )
    ) {
      const isShell = /^[A-Z0-9_]+$/.test(name) || /(?:export|set|ENV|ARG)\s/i.test(before);
      return bareUntil(text, from, role, isShell ? /[\s"'`;]/ : /[\n\r"'`]/);
    }
    if (/^\s*(?:ENV|[A-Z_]+=\S*)\s/.test(before) || /^[A-Z][A-Z0-9_]+$/.test(name)) {
      return bareUntil(text, from, role, /[\s"'`;]/);
    }
    return [];
  }
  if (isInQuotes(before)) {
    // A header or a setting within a text: `"X-Api-Key: …"`.
    return role === 'header' ? headerValue(text, from) : bareUntil(text, from, role, /["'`\n\r,;]/);
  }
  if (role === 'header') return headerValue(text, from);
  if (!/^\s*(?:[-#;>*]\s+|\/\/\s*|\/?\*+\s*)?["'*`]{0,2}[\w.:/ -]*$/.test(before)) return [];
  const end = endOfLine(text, from);
  const value = withoutComment(text.slice(from, end));
  if (/[,;{(\\]$/.test(value) || /\s/.test(value)) return [];
  if (!/\d/.test(value) && isAmongCode(text, lineStart, end)) return [];
  if (/^[A-Za-z_]\w*$/.test(value) && isAmongCode(text, lineStart, end)) return [];
  return one(text, from, from + value.length, role, true);
}

function headerValue(text: string, from: number): readonly SecretSpan[] {
  const scheme = /^(?:Bearer|Basic|Token|token|ApiKey) +/.exec(text.slice(from, from + 20));
  return bareUntil(
    text,
    from + (scheme?.[0].length ?? 0),
    scheme === null ? 'fair' : 'strong',
    /[\s"'`,;\\]/,
  );
}

function bareUntil(text: string, from: number, role: SecretRole, stop: RegExp): readonly SecretSpan[] {
  const quotedToo = quoted(text, from, role);
  if (quotedToo.length > 0) return quotedToo;
  const rest = text.slice(from, Math.min(endOfLine(text, from), from + 400));
  const length = rest.search(stop);
  return one(text, from, from + (length === -1 ? rest.length : length), role, true);
}

/** Whether the lines around are of a program: what begins or ends as only code does. */
function isAmongCode(text: string, lineStart: number, lineEnd: number): boolean {
  const above = lastLine(text, lineStart);
  const belowStart = Math.min(text.length, lineEnd + 1);
  const below = text.slice(belowStart, Math.min(endOfLine(text, belowStart), belowStart + 200)).trim();
  return (
    /[,{(;[]$|=>$|^(?:def|class|if|for|import|return|function|const|let)\b|\($/.test(above) ||
    /^[})\]]|[;{(]$|^(?:return|if|def|for)\b/.test(below)
  );
}

function lastLine(text: string, lineStart: number): string {
  const window = text.slice(Math.max(0, lineStart - 300), lineStart).trimEnd();
  return window.slice(window.lastIndexOf('\n') + 1).trim();
}

function withoutComment(value: string): string {
  return value.replace(/\s[#;].*$/, '').trimEnd();
}

/** Whether a quotation has begun in this part of a line. */
function isInQuotes(before: string): boolean {
  let open = '';
  for (const character of before) {
    if (open === '' ? isQuote(character) : character === open) open = open === '' ? character : '';
  }
  return open !== '';
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
    if (before === null) return [];
    const value = start - before[0].length + before[0].indexOf(before[1]!, 7);
    return one(text, value, value + before[1]!.length, role, false);
  }
  const at = from + key.index + key[0].length;
  const inQuotes = quoted(text, at, role);
  if (inQuotes.length > 0 || isQuote(text[at])) return inQuotes;
  return bareUntil(text, at, role, /[\s,}]/);
}

/** The quoted name is the first argument of a call that might set something, or begins a pair in brackets. */
function isFirstArgument(text: string, start: number): boolean {
  let open = start - 1;
  while (start - open < 40 && /\s/.test(text[open] ?? '')) open--;
  if (text[open] !== '(')
    return /\bbuildConfigField\(? ?["']String["'], ?$/.test(text.slice(Math.max(0, start - 40), start));
  const called = /[\w$]*$/.exec(text.slice(Math.max(0, open - 40), open))![0];
  return !NO_SETTER.test(called);
}

/** Where the dotted name that ends with this one begins, and the quote before that. */
function dottedStart(text: string, start: number): { readonly from: number; readonly quote: string } {
  let from = start;
  while (from > 0 && start - from < MAX_NAME && /[\w.:/$#-]/.test(text[from - 1]!)) from--;
  const quote = text[from - 1];
  if (!isQuote(quote)) return { from, quote: '' };
  return { from, quote: text[from - 2] === '\\' ? `\\${quote!}` : quote! };
}

function skipText(text: string, at: number, expected: string): number {
  return text.startsWith(expected, at) ? at + expected.length : at;
}

function skipDimension(text: string, at: number): number {
  const dimension = /^\[\w{0,8}\]/.exec(text.slice(at, at + 10));
  return at + (dimension?.[0].length ?? 0);
}

function nameStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < MAX_NAME && WORD_CODE.test(text[start - 1]!)) start--;
  return start;
}

function nameEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && end - at < MAX_NAME && WORD_CODE.test(text[end]!)) end++;
  while (text[end - 1] === '-' && end > at) end--;
  return end;
}

function skipBlanks(text: string, from: number, lines = false): number {
  let at = from;
  while (at - from < MAX_BLANKS && (text[at] === ' ' || text[at] === '\t')) at++;
  if (!lines || (text[at] !== '\n' && text[at] !== '\r')) return at;
  let below = at;
  while (below - from < MAX_BLANKS && /\s/.test(text[below] ?? '')) below++;
  return isQuote(text[below]) ? below : at;
}

/** Where the quotation ends: at its quote in the same line, or with the text. */
function endOfQuoted(text: string, start: number, quote: string): number | undefined {
  const line =
    quote.length >= 3 && !quote.startsWith('\\')
      ? Math.min(text.length, start + 2_000)
      : endOfLine(text, start);
  for (let at = start; at < line; at++) {
    if (text.startsWith(quote, at)) return at;
    if (text[at] === '\\' && !quote.startsWith('\\')) at++;
  }
  return line === text.length ? line : undefined;
}

function startOfLine(text: string, at: number): number {
  const from = Math.max(0, at - MAX_LINE);
  return from + text.slice(from, at).lastIndexOf('\n') + 1;
}

function endOfLine(text: string, from: number): number {
  const window = text.slice(from, from + MAX_LINE);
  const end = window.search(/\r?\n/);
  return from + (end === -1 ? window.length : end);
}

function matchAt(expression: RegExp, text: string, at: number): string {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? '';
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}
