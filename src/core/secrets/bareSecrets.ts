import type { SecretRole } from './secretRole.ts';
import { endOfLine, isAmongCode, isAmongSettings, isInQuotes, startOfLine } from './textAround.ts';
import { bareUntil, one, type SecretSpan } from './valueAt.ts';

/** A name and the offsets of what follows it. */
export interface BarePlace {
  readonly name: string;
  readonly role: SecretRole;
  readonly start: number;
  /** Of all that belongs to the name. */
  readonly end: number;
  readonly separator: string;
  readonly separatorAt: number;
  /** Of the value. */
  readonly from: number;
  readonly isOption: boolean;
}

const OPTION =
  /(?:^|\s)(?:-|-[DevpP] |-var |--(?:env|build-arg|set[\w-]*|from-literal|var|define|arg|param\w*|data|form|property) |--[\w-]{1,30}=)[\w.:/-]*$/;
const SETTING =
  /^\s*(?:(?:export|set|SET|ENV|ARG|env|local|readonly|declare(?: -\w+)?)\s+|[-#;]\s*|\/\/\s*)?"?[\w.:/-]*$/;
/** Nothing but the name stands before the value. */
const PROPERTY = /^\s*[\w.-]*$/;
const MAX_REST = 200;
const WORDS_OF_COMMAND = /^\s*[^\s(){}<>;"'`][^(){}<>;"'`]*[\s,][\w.-]*$/;
/** `{ host: db1, password: …`: of YAML, as nothing in it is quoted but values. */
const FLOW = /^\s*(?:- )?(?:[\w.-]+:\s+)?\{\s*(?:[\w-]+: [^\s,]+,\s*)*[\w-]*$/;
/** A comment begins behind code. */
const COMMENT = /(?:\s--|#|\/\/|\/\*)\s[\w ]{0,40}$/;
const LINE = /^(?:[-#;>*%!?]\s|REM\s|<!--\s|\/\/|\/?\*{1,2})?[ "'*`]{0,3}[\w.:/ -]*$/;

/** A value without quotes: where the line, the address or the text around it leaves no doubt that it is one. */
export function bareSecrets(text: string, place: BarePlace): readonly SecretSpan[] {
  const { role, start, from, separatorAt } = place;
  if (/[\n\r]/.test(text.slice(separatorAt, from))) return [];
  const before = text.slice(Math.max(startOfLine(text, start), start - 200), start);
  const isTight = separatorAt === place.end && from === separatorAt + place.separator.length;
  if (place.separator === '=' && isTight) {
    const stop = stopOf(before, place);
    if (stop === undefined) return [];
    const isOfCode = isAmongCode(text, startOfLine(text, start), endOfLine(text, from));
    const isName = isOfCode && !isInQuotes(before) && !/[?&]/.test(before);
    const found = bareUntil(text, from, role, stop, isName);
    return found.map((span) => (PROPERTY.test(before) ? toEndOfProperty(text, span) : span));
  }
  if (role === 'header') return headerValue(text, from);
  if (isInQuotes(before)) return isTight ? [] : bareUntil(text, from, role, /["'`\n\r,;]/);
  if (FLOW.test(before)) {
    const isSettings = isAmongSettings(text, startOfLine(text, start), endOfLine(text, from));
    return bareUntil(text, from, role, /[\s,}\]]/, !isSettings);
  }
  return LINE.test(before.trimStart()) || COMMENT.test(before) ? restOfLine(text, place) : [];
}

/** Whether no line is near: text of one line is as often a command or a sentence. */
function isAlone(text: string, lineStart: number, lineEnd: number): boolean {
  const around = text.slice(Math.max(0, lineStart - 300), lineStart) + text.slice(lineEnd, lineEnd + 300);
  return around.trim() === '';
}

/** With the words behind the first: a property goes on to the end of its line, where all lines are such. */
function toEndOfProperty(text: string, span: SecretSpan): SecretSpan {
  const [lineStart, lineEnd] = [startOfLine(text, span.start), endOfLine(text, span.end)];
  const rest = text.slice(span.end, Math.min(lineEnd, span.end + MAX_REST));
  // `NAME=value command …` of a shell, most often.
  if (!/^[ \t]+[^\s#;]/.test(rest) || isAlone(text, lineStart, lineEnd) || /["'`]|\s--?\w|\.\//.test(rest))
    return span;
  if (!isAmongSettings(text, lineStart, lineEnd)) return span;
  const comment = rest.search(/\s[#;]/);
  return { ...span, end: span.end + (comment === -1 ? rest : rest.slice(0, comment)).trimEnd().length };
}

/** What ends the value of `name=value`, or nothing where that might be a program's own assignment. */
function stopOf(before: string, { name, isOption }: BarePlace): RegExp | undefined {
  if (/[?&;][\w.-]*$/.test(before)) return /[\s"'`&;<>\\)\]}]/;
  if (isInQuotes(before)) return /[\s"'`&;<>,\\]/;
  if (isOption || OPTION.test(before)) return /[\s"'`;|&)]/;
  if (SETTING.test(before)) {
    return /^[A-Z0-9_]+$/.test(name) || /(?:export|set|ENV|ARG)\s/i.test(before)
      ? /[\s"'`;]/
      : /;\s|[\n\r"'`]/;
  }
  if (/^\s*(?:ENV|[A-Z_]+=\S*)\s/.test(before) || /^[A-Z][A-Z0-9_]+$/.test(name)) return /[\s"'`;]/;
  // A word of a command line, as `vault kv put secret/db password=…`.
  return WORDS_OF_COMMAND.test(before) && !/ [=:+-]?= /.test(before) ? /[\s"'`,;|&)]/ : undefined;
}

/** One word to the end of the line, as settings have it. */
function restOfLine(text: string, { role, start, from }: BarePlace): readonly SecretSpan[] {
  const end = endOfLine(text, from);
  const line = text.slice(from, end);
  const comment = line.search(/\s[#;]/);
  const value = withoutClosing((comment === -1 ? line : line.slice(0, comment)).trimEnd());
  if (/[,;{(\\]$/.test(value)) return [];
  if (/\s/.test(value)) {
    const first = startOfLine(text, start);
    const isOfSettings = !isAlone(text, first, end) && isAmongSettings(text, first, end);
    return isOfSettings ? one(text, from, from + value.length, role, false) : [];
  }
  const mayBeName = !/\d/.test(value) || /^[A-Za-z_]\w*$/.test(value);
  const lineStart = startOfLine(text, start);
  if (mayBeName && isAmongCode(text, lineStart, end)) return [];
  const mayBeOfProgram = role === 'weak' || /\w\(|^[({[]|[)\]}]$/.test(value);
  return one(text, from, from + value.length, role, mayBeOfProgram || !isAmongSettings(text, lineStart, end));
}

/** Without the end of the comment that it stands in. */
function withoutClosing(value: string): string {
  const closing = ['*/', '-->'].find((end) => value.endsWith(end));
  return closing === undefined ? value : value.slice(0, -closing.length).trimEnd();
}

function headerValue(text: string, from: number): readonly SecretSpan[] {
  const scheme = /^(?:Bearer|Basic|Token|token|ApiKey) +/.exec(text.slice(from, from + 20))?.[0] ?? '';
  return bareUntil(text, from + scheme.length, scheme === '' ? 'fair' : 'strong', /[\s"'`,;\\]/);
}
