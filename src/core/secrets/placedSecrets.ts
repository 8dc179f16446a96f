import { bareSecrets, type BarePlace } from './bareSecrets.ts';
import { besideSecrets, inField, returned } from './besideSecrets.ts';
import { blankSecrets, type Named } from './blankSecrets.ts';
import { behindMarks, blockSecrets } from './blockSecrets.ts';
import { expressionSecrets, joined } from './expressionSecrets.ts';
import { inElement, valueApart } from './markupSecrets.ts';
import { secretRole, type SecretRole } from './secretRole.ts';
import { endOfLine, isQuote, matchAt, nameEnd, nameStart, skipBlanks, startOfLine } from './textAround.ts';
import { bareUntil, firstOf, lengthOf, list, one, quoted, type SecretSpan } from './valueAt.ts';

/** What every name that `secretRole` knows has in it. */
const ANCHOR = /pass|pwd|secret|token|key|auth|cred|psk|kennwort|pw|salt|pat\b|sig\b|otp\b/gi;
const OWNER_OF_KEY =
  /(?:jwt|api|sign\w{0,6}|encrypt\w{0,6}|auth\w{0,14}|secret\w{0,6})["']?\s{0,4}[:=]\s{0,4}\{\s{0,24}$/i;
const MAX_NAME = 60;
const MAX_TYPE = 48;
const SEPARATOR =
  /::=|\+=|(?:not )?in (?=[([{])|by lazy \{|===?|!==?|=>|:=|\?\?=|\|\|=|\?=|<-|->|\|\||\?\?|:-|[:=,(>]|\{(?=["'])|\b(?:to|or|is|with|as|of)\b(?= ["'`])|\|/y;
const ASSIGNS: ReadonlySet<string> = new Set([':', '=', '=>', ':=', '?=', '+=', '::=', '<-', '||=', '??=']);
const IN_BRACES = /[}\s"']/;
/** Functions that get a name and something else than its value. */
const NO_SETTER =
  /(?:^|[^\w$])(?:t|i18n|translate|gettext|describe|it|test|each|column|field|label|log|print|printf|error|warn|replace|replaceAll|join|require|expect|compare|startsWith|includes|input|query|scope|node|token|createToken)\($/i;
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
    const role = secretRole(name, text.slice(from, start)) ?? roleOfKey(text, name, from - quote.length);
    if (role === undefined) {
      for (const span of inField(text, { name, outer: from - quote.length, end })) spans.push(span);
      if (quote === '' && secretRole(name.replace(/^get_?/i, ''), '') === 'strong') {
        for (const span of returned(text, end, 'strong')) spans.push(span);
      }
      continue;
    }
    const named = { name, start, end, role, from, quote };
    for (const span of valuesOf(text, named)) spans.push(span);
    const outer = from - quote.length;
    const place = { outer, end: quote === '' ? end : endOfName(text, named), role, isQuoted: quote !== '' };
    for (const span of besideSecrets(text, place)) spans.push(span);
  }
  return spans;
}

/** `"Jwt": { "Key": "…" }`: whose key it is says what it is in. */
function roleOfKey(text: string, name: string, outer: number): SecretRole | undefined {
  if (!/^key$/i.test(name)) return undefined;
  return OWNER_OF_KEY.test(text.slice(Math.max(0, outer - 48), outer)) ? 'fair' : undefined;
}

function valuesOf(text: string, named: Named): readonly SecretSpan[] {
  const outer = named.from - named.quote.length;
  const at = endOfName(text, named);
  return firstOf([
    () => valueApart(text, outer, at, named.role),
    () => ofSeveral(text, outer, at, named.role),
    () => notedOf(text, outer, at, named.role),
    () => behindSeparator(text, named, outer, at),
  ]);
}

function behindSeparator(text: string, named: Named, outer: number, at: number): readonly SecretSpan[] {
  const { start, role, quote } = named;
  const separatorAt = skipBlanks(text, isExplicitKey(text, outer) ? endOfLine(text, at) + 1 : at);
  const separator = matchAt(SEPARATOR, text, separatorAt);
  const isOption = text.startsWith('-', start) || text[named.from - 1] === '-';
  const from = skipBlanks(text, separatorAt + separator.length, true);
  if (ASSIGNS.has(separator)) {
    return assigned(text, named, { ...named, end: at, separator, separatorAt, from, isOption });
  }
  switch (separator) {
    case '':
      return blankSecrets(text, named, separatorAt, isOption);
    case 'in ':
    case 'not in ':
      return list(text, from, undefined);
    case '>':
      return inElement(text, start, role, separatorAt);
    case ',':
      if (!isSet(text, named, isOption)) return [];
      return quoted(text, from + lengthOf(/^\(\w{0,12}\)\s?[-=]>\s?/, text, from), role);
    case '(':
    case '{':
      return quote === '' && separatorAt === at ? passed(text, from, role) : [];
    case ':-':
      return bareUntil(text, from, role, IN_BRACES, false);
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
  const accessors =
    /^\s{0,4}\{\s{0,20}(?:(?:private |protected |internal )?(?:get|set|init);?\s{0,20}){1,2}\}(?=\s{0,4}=)/.exec(
      text.slice(at, at + 80),
    );
  if (accessors !== null) return at + accessors[0].length;
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
  const continued = quote === '' ? lengthOf(/^\\\r?\n\s{0,80}/, text, place.from) : 0;
  if (continued > 0) return bareUntil(text, place.from + continued, role, /[\s"'`;]/, false);
  const ofShell = lengthOf(/^["']?\$\{\w{1,60}:?[-=]/, text, place.from);
  if (ofShell > 0 || text.startsWith('${', first - 2)) {
    return bareUntil(text, place.from + ofShell, role, IN_BRACES, false);
  }
  const below = blockSecrets(text, place);
  if (below.length > 0) return below;
  const isUnquotedColon = separator === ':' && quote === '';
  const from = isUnquotedColon ? (behindType(text, place.from) ?? place.from) : place.from;
  if (role === 'many') return list(text, from, undefined);
  return givenTo(text, { ...place, from: separator === ':' ? behindMarks(text, from) : from });
}

/** A quotation, an expression that comes to one, or a word without quotes. */
function givenTo(text: string, place: BarePlace): readonly SecretSpan[] {
  const { from, role, separator } = place;
  const inQuotes = joined(text, from, role);
  if (inQuotes.length > 0 || isQuote(text[from])) return inQuotes;
  return firstOf([
    () => expressionSecrets(text, from, role),
    () => (separator === '=>' ? [] : bareSecrets(text, place)),
  ]);
}

/** `name: Type = "…"`. */
function behindType(text: string, from: number): number | undefined {
  const gap = /^[\w.<>&?| [\]']{1,40}?=(?![=>])\s{0,8}/.exec(text.slice(from, from + MAX_TYPE));
  if (gap === null) return undefined;
  return from + gap[0].length;
}

/** `? password` of YAML, whose value stands in the next line behind a colon. */
function isExplicitKey(text: string, outer: number): boolean {
  return /(?:^|\n)[ \t]{0,40}\? $/.test(text.slice(Math.max(0, outer - 44), outer));
}

/** `open("…") // the password`: what the note at the end of a line says of the last quotation in it. */
function notedOf(text: string, outer: number, end: number, role: SecretRole): readonly SecretSpan[] {
  if (role !== 'strong' && role !== 'fair') return [];
  if (!/^[ \t]{0,4}(?:\*\/[ \t]{0,4})?(?:\n|\r|$)/.test(text.slice(end, end + 12))) return [];
  const line = text.slice(Math.max(startOfLine(text, outer), outer - 300), outer);
  const noted =
    /^[^"'`]{0,120}.*(["'])([^"'`\n]{3,100})\1[^"'`]{0,60}?(?:\/\/|#|\/\*|--)[ \t][\w, -]{0,30}$/d.exec(line);
  const [from, until] = noted?.indices?.[2] ?? [0, 0];
  return until > from ? one(text, outer - line.length + from, outer - line.length + until, role, true) : [];
}

/** `user, password = "tide", "…"`: the quotation at the name's place. */
function ofSeveral(text: string, outer: number, end: number, role: SecretRole): readonly SecretSpan[] {
  const line = text.slice(Math.max(startOfLine(text, outer), outer - 200), outer);
  const earlier =
    /^\s*(?:(?:const|let|var|my|local|val|auto)\s+)?[([]?((?:[\w.$@]{1,60},\s{0,4}){0,8})[$@]?$/.exec(
      line,
    )?.[1];
  const later = /^((?:,\s{0,4}[\w.$@]{1,60}){0,8})[)\]]?\s{0,4}:?=\s{0,4}[([]?/.exec(
    text.slice(end, end + 300),
  );
  if (earlier === undefined || later === null || (earlier === '' && later[1] === '')) return [];
  let at = end + later[0].length;
  for (let place = earlier.split(',').length - 1; place > 0; place--) {
    const item = /^(?:"[^"\n]{0,80}"|'[^'\n]{0,80}'|[\w.$:-]{0,80}(?:\([^()\n]{0,60}\))?),\s{0,4}/.exec(
      text.slice(at, at + 160),
    );
    if (item === null) return [];
    at += item[0].length;
  }
  return quoted(text, at, role);
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
