import type { SecretRole } from './secretRole.ts';
import { isSecretValue } from './secretValue.ts';
import { endOfLine, endOfQuoted, isQuote, matchAt, skipBlanks } from './textAround.ts';

/** Offsets of a secret in a text, the end exclusive. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
}

const WRAPPER =
  /(?:new )?(?:\[\]byte|(?:std::)?(?:Secure|Secret)?[Ss]tr(?:ing)?(?:::(?:from|new))?|String\.valueOf|SecretStr|SecretString(?:::new)?|Secret(?:::new)?|Some|Just|bytes|Bytes|Buffer\.from|base64encode|b64encode|b64enc|md5|sha1|sha256|Password|Box::new|char\[\]|utf8\.encode|ConvertTo-SecureString(?: -String)?)(?:\(| )/y;
const PREFIX = /(?:br|rb|[bBrRuUNLfF@$&]|@\$|\$@)(?=["'`])/y;
const QUOTE = /\\{0,3}(?:"""|'''|["'`])/y;

/** `"…"` behind what makes a value of it: a type's constructor, an encoding, a mark of the literal. */
export function quoted(text: string, from: number, role: SecretRole): readonly SecretSpan[] {
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
export function one(
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

export function list(text: string, from: number, end: string | undefined): readonly SecretSpan[] {
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
    for (const span of one(text, at + quote.length, until, 'many', false)) spans.push(span);
    at = skipBlanks(text, until + quote.length, true);
    if (text[at] !== ',') break;
    at++;
  }
  return spans;
}

export function bareUntil(text: string, from: number, role: SecretRole, stop: RegExp): readonly SecretSpan[] {
  const quotedToo = quoted(text, from, role);
  if (quotedToo.length > 0) return quotedToo;
  const rest = text.slice(from, Math.min(endOfLine(text, from), from + 400));
  const length = rest.search(stop);
  return one(text, from, from + (length === -1 ? rest.length : length), role, true);
}

/** Whether a quotation begins here, a mark of its kind or what makes a value of it included. */
export function beginsQuoted(text: string, at: number): boolean {
  return isQuote(text[at]) || matchAt(PREFIX, text, at) !== '' || matchAt(WRAPPER, text, at) !== '';
}
