import type { SecretRole } from './secretRole.ts';
import { isSecretValue } from './secretValue.ts';
import { endOfLine, endOfQuoted, isQuote, matchAt, skipBlanks } from './textAround.ts';

/** Offsets of a secret in a text, the end exclusive. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
}

const WRAPPER =
  /(?:new )?(?:<[\w<>. ]{1,30}>(?=["'`])|\{(?=["'`])|<<(?=["'])|(?:\[\]byte|(?:std::)?(?:Secure|Secret)?[Ss]tr(?:ing)?(?:::(?:from|new))?|String\.valueOf|SecretStr|SecretString(?:::new)?|Secret(?:::new)?|Some|Just|bytes|Bytes|Buffer\.from|base64encode|b64encode|b64enc|md5|sha1|sha256|Password|Box::new|char\[\]|utf8\.encode|ConvertTo-SecureString(?: -String)?|QString(?:Literal|::fromUtf8|::fromLatin1)?|QLatin1String|QByteArray|TEXT|_T|(?:\w{0,12}Field|Input|ref|useState|signal|atom|observable|computed|Some|Ok|Just|Optional\.of|Object\.freeze|freeze|mark_safe|Literal|lazy|of|just))(?:\(| ))(?:(?:default|default_value|defaultValue|initial|value) ?[=:] ?(?=["']))?/y;
const PREFIX = /(?:br|rb|[bBrRuUNLfF@$&]|@\$|\$@)(?=["'`])/y;
const MOST_BETWEEN = 260;
const QUOTE = /\\{0,3}(?:"""|'''|["'`])/y;

/** What opens a literal, and what closes it; nothing stands for the counterpart of its last sign. */
const DELIMITED: readonly (readonly [RegExp, string])[] = [
  [/%[qQ]?[({[|<!]/y, ''],
  [/qq?[({[|!/](?=\S)/y, ''],
  [/\[\[/y, ']]'],
  [/b?r#{1,3}"/y, '"#'],
  [/(?:u8|[uUL])?R"\w{0,16}\(/y, ')'],
];

/** `"…"` behind what makes a value of it: a type's constructor, an encoding, a mark of the literal. */
export function quoted(text: string, from: number, role: SecretRole): readonly SecretSpan[] {
  let at = from;
  for (let wrapped = 0; wrapped < 3; wrapped++) at += matchAt(WRAPPER, text, at).length;
  const between = delimited(text, at, role);
  if (between.length > 0) return between;
  at += matchAt(PREFIX, text, at).length;
  const quote = matchAt(QUOTE, text, at);
  if (quote === '') return [];
  const start = at + quote.length;
  const end = endOfQuoted(text, start, quote);
  if (end === undefined) return [];
  const after = text.slice(end + quote.length, end + quote.length + 12);
  // An index, a key of a map or the first part of a text that is put together.
  if (/^\s*\+\s*[a-zA-Z]/.test(after) || (/^["'`]?\]/.test(after.slice(0, 1)) && role === 'weak')) return [];
  if (quote.length < 3 || !/\s$|^\s/.test(text.slice(start, end))) return one(text, start, end, role, false);
  const blanks = /^\s*/.exec(text.slice(start, end))?.[0].length ?? 0;
  return one(text, start + blanks, start + text.slice(start, end).trimEnd().length, role, false);
}

/** Literals between other signs: `%q(…)`, `qq{…}`, `[[…]]`, `r#"…"#`, `R"(…)"`. */
function delimited(text: string, from: number, role: SecretRole): readonly SecretSpan[] {
  const [opening = '', closing = ''] =
    DELIMITED.map(([begins, ends]) => [matchAt(begins, text, from), ends] as const).find(
      ([begin]) => begin !== '',
    ) ?? [];
  if (opening === '') return [];
  const start = from + opening.length;
  const length = text
    .slice(start, Math.min(endOfLine(text, start), start + 400))
    .indexOf(
      closing === ''
        ? ({ '(': ')', '{': '}', '[': ']', '<': '>' }[opening.slice(-1)] ?? opening.slice(-1))
        : closing,
    );
  if (length < 1 || /["'`]/.test(text.slice(start, start + length))) return [];
  return one(text, start, start + length, role, false);
}

/** The value itself, or what stands in it behind a scheme such as `Bearer`. */
export function one(
  text: string,
  start: number,
  end: number,
  role: SecretRole,
  isBare: boolean,
): readonly SecretSpan[] {
  const value = text.slice(start, end);
  const scheme =
    /^(?:(?:Bearer|Basic|Token|token|ApiKey|Negotiate|Digest)[ ]+|\{(?:noop|plain|clear\w*)\})/i.exec(value);
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

/** `"mara": "…"`, `mara => "…"`: up to the value. */
const KEY_OF_MAP =
  /(?:"[^"\n]{1,60}"|'[^'\n]{1,60}'|[\w$:.]{1,60}|\["?[\w.]{1,60}"?\]) {0,4}(?::|=>|->|=) {0,4}(?=["'`])/y;

/** The secrets of a list, or the values of a mapping, all quoted. */
export function list(text: string, from: number, end: string | undefined): readonly SecretSpan[] {
  const call =
    end === undefined
      ? (/^(?:new )?[\w.]{1,30}(?:<[\w, ]{0,30}>)?(?=[({[])/.exec(text.slice(from, from + 70))?.[0].length ??
        0)
      : 0;
  if (call > 0) return list(text, from + call, undefined);
  const closing = end ?? { '[': ']', '(': ')', '{': '}' }[text[from] ?? ''];
  if (closing === undefined) return [];
  const spans: SecretSpan[] = [];
  let at = end === undefined ? pastBlanks(text, from + 1) : from;
  for (let count = 0; count < 50; count++) {
    at = skipBlanks(text, at, true);
    at += matchAt(KEY_OF_MAP, text, at).length;
    const quote = matchAt(QUOTE, text, at);
    if (quote === '') break;
    const until = endOfQuoted(text, at + quote.length, quote);
    if (until === undefined) break;
    for (const span of one(text, at + quote.length, until, 'many', false)) spans.push(span);
    at = skipBlanks(text, until + quote.length, true);
    if (text[at] !== ',') break;
    at = pastBlanks(text, at + 1);
  }
  return spans;
}

function pastBlanks(text: string, from: number): number {
  return from + (/^\s{0,60}/.exec(text.slice(from, from + 60))?.[0].length ?? 0);
}

/** A value up to one of these signs; `isName` where a name of the program may stand there as well. */
export function bareUntil(
  text: string,
  from: number,
  role: SecretRole,
  stop: RegExp,
  isName = true,
): readonly SecretSpan[] {
  const quotedToo = quoted(text, from, role);
  if (quotedToo.length > 0) return quotedToo;
  const rest = text.slice(from, Math.min(endOfLine(text, from), from + 400));
  const length = rest.search(stop);
  return one(text, from, from + (length === -1 ? rest.length : length), role, isName);
}

/** Whether a quotation begins here, a mark of its kind or what makes a value of it included. */
export function beginsQuoted(text: string, at: number): boolean {
  return isQuote(text[at]) || matchAt(PREFIX, text, at) !== '' || matchAt(WRAPPER, text, at) !== '';
}

/** What the first of these finds. */
export function firstOf(finders: readonly (() => readonly SecretSpan[])[]): readonly SecretSpan[] {
  for (const find of finders) {
    const spans = find();
    if (spans.length > 0) return spans;
  }
  return [];
}

/** The quotation behind what an expression, bound to its beginning, finds at a place. */
export function quotedBehind(
  text: string,
  at: number,
  expression: RegExp,
  role: SecretRole,
): readonly SecretSpan[] {
  const found = expression.exec(text.slice(at, at + MOST_BETWEEN));
  return found === null ? [] : quoted(text, at + found[0].length, role);
}

/** How far behind a name, or what stands for it, this may be. */
export function lengthOf(expression: RegExp, text: string, at: number): number {
  return expression.exec(text.slice(at, at + MOST_BETWEEN))?.[0].length ?? 0;
}
