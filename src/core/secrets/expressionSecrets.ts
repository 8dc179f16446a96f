import type { SecretRole } from './secretRole.ts';
import { endOfLine, endOfQuoted, isQuote } from './textAround.ts';
import { one, quoted, type SecretSpan } from './valueAt.ts';

const MOST_OF_EXPRESSION = 400;
/** In what of the expression the scan is: what is passed to a function is seldom the value itself. */
type Within = 'group' | 'call' | 'fallback' | 'index';

const KEYWORD_BEFORE = /(?:^|[^\w$])(?:return|or|and|if|else|in|is|not|await|then|when|unless|yield)\s*$/;
/** Functions that give what they are passed when there is nothing else, or the second of it. */
const FALLBACK =
  /(?:\b(?:unwrap_or|or|or_default|orElse|getOrElse|orElseGet|unwrap_or_else|or_else|getOrDefault|ifEmpty|fromMaybe|withDefault|coalesce|nvl|ifnull|isnull|default|ifBlank|value_or|valueOr)|\?\?)\($/i;
const WITH_DEFAULT =
  /\b(?:get\w{0,30}|\w{0,20}env\w{0,20}|fetch|lookup|option|config|setting|property|read)\($/i;
const GOES_ON_BEHIND = /[?:+|&=(\\,.]$|(?:<>|\bor|\belse|\bthen)$/;
const GOES_ON_BELOW = /^\s*(?:[?:+|.&]|<>|or\b|else\b|["'`])/;

/**
 * The secrets among the quotations of an expression that a name is given: of `other ?? "…"`, `is ? "…" : "…"`, `"…" + "…"`,
 * `decode("…")`. What is compared, looked up or a key is none; what a function is passed has to look random.
 */
export function expressionSecrets(text: string, from: number, role: SecretRole): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  const scan: Scan = { text, from, role, stack: [], isAsked: false };
  const last = Math.min(text.length, from + MOST_OF_EXPRESSION);
  for (let at = from; at < last; at++) {
    const character = text.charAt(at);
    if (isQuote(character)) {
      const quote = text.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
      const start = at + quote.length;
      const end = endOfQuoted(text, start, quote);
      if (end === undefined) break;
      const given = roleOf(scan, at, end + quote.length);
      if (given !== undefined) for (const span of one(text, start, end, given, false)) spans.push(span);
      at = end + quote.length - 1;
    } else if (!step(scan, at, character)) break;
  }
  return spans;
}

interface Scan {
  readonly text: string;
  readonly from: number;
  readonly role: SecretRole;
  readonly stack: { readonly within: Within; arguments: number }[];
  /** Whether a question mark came, so that a colon is of its alternatives. */
  isAsked: boolean;
}

/** Goes over one sign; false at the end of the expression. */
function step(scan: Scan, at: number, character: string): boolean {
  const { text, from, stack } = scan;
  const top = stack.at(-1);
  switch (character) {
    case '(':
    case '[':
      stack.push({ within: withinOf(text, from, at), arguments: 0 });
      return true;
    case ')':
    case ']':
      return stack.pop() !== undefined;
    case '?':
      scan.isAsked = true;
      return true;
    case ',':
      if (top !== undefined) top.arguments++;
      return top !== undefined;
    case '\n':
      return top !== undefined || goesOn(text, from, at);
    default:
      return !isEnd(text, at, top !== undefined, scan.isAsked);
  }
}

/** The first quotation, and what is joined to it. */
export function joined(text: string, from: number, role: SecretRole): readonly SecretSpan[] {
  const first = quoted(text, from, role);
  const [span] = first;
  if (span === undefined) return first;
  const behind = /^["'`]{1,3}\)?\s{0,20}(?:\+|\.\.?|<>|&|\\)?\s{0,40}(?=["'`])/.exec(
    text.slice(span.end, span.end + 80),
  );
  if (behind === null) return first;
  return [...first, ...expressionSecrets(text, span.end + behind[0].length, role)];
}

/** What the quotation between these offsets is, by what stands around it; nothing where it is no value. */
function roleOf(
  { text, from, role, stack, isAsked }: Scan,
  start: number,
  end: number,
): SecretRole | undefined {
  const top = stack.at(-1);
  const before = text.slice(Math.max(from, start - 12), start);
  const after = text.slice(end, end + 12);
  if (/[=!<>]=\s*$|\bcase\s*$|\bin\s*$/.test(before) || /^\s*(?:[!=]==?|\bin\b)/.test(after))
    return undefined;
  // A key of an object, or the beginning or end of a text that is put together.
  if (/^\s*(?::(?!:)|=>)/.test(after) && !(isAsked && /\?\s*$/.test(before))) return undefined;
  if (/^\s*\+\s*[a-zA-Z$]/.test(after) || /[\w)\]]\s*\+\s*$/.test(before)) return undefined;
  switch (top?.within) {
    case 'index':
      return undefined;
    case 'call':
      return 'weak';
    case 'fallback':
      return top.arguments > 0 ||
        FALLBACK.test(
          text.slice(Math.max(from, start - 40), start).replace(/(?:\|\w*\||\(\w*\)\s*[-=]>)\s*$/, ''),
        )
        ? role
        : undefined;
    default:
      return role;
  }
}

function withinOf(text: string, from: number, at: number): Within {
  const before = text.slice(Math.max(from, at - 40), at);
  const isApplied = /[\w$)\]!]$/.test(before) && !KEYWORD_BEFORE.test(before);
  if (text[at] === '[') return isApplied ? 'index' : 'group';
  if (!isApplied) return 'group';
  const call = `${before}(`;
  return FALLBACK.test(call) || WITH_DEFAULT.test(call) ? 'fallback' : 'call';
}

function goesOn(text: string, from: number, at: number): boolean {
  if (GOES_ON_BEHIND.test(text.slice(Math.max(from, at - 12), at).trimEnd())) return true;
  return GOES_ON_BELOW.test(text.slice(at + 1, Math.min(endOfLine(text, at + 1), at + 80)));
}

function isEnd(text: string, at: number, isInside: boolean, isAsked: boolean): boolean {
  switch (text[at]) {
    case ';':
    case '}':
      return true;
    case '{':
      return !/\b(?:lazy|else|ifEmpty|ifBlank|orElse|getOrElse|orElseGet|getOrPut|->)\s*$/.test(
        text.slice(Math.max(0, at - 12), at),
      );
    case ':':
      if (/~\w{1,20}$/.test(text.slice(Math.max(0, at - 20), at))) return false;
      return !isInside && !isAsked && text[at + 1] !== ':' && text[at - 1] !== ':' && text[at - 1] !== '?';
    case '/':
      return text[at + 1] === '/';
    case '=':
      return text[at + 1] === '>';
    default:
      return false;
  }
}
