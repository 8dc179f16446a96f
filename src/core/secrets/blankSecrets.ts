import { inElement, inNextElement } from './markupSecrets.ts';
import type { SecretRole } from './secretRole.ts';
import { endOfLine, startOfLine } from './textAround.ts';
import { bareUntil, beginsQuoted, firstOf, lengthOf, one, quoted, type SecretSpan } from './valueAt.ts';

/** A name that a secret may be given to, in a text. */
export interface Named {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly role: SecretRole;
  /** Of all that the name is the end of, as `db.password`. */
  readonly from: number;
  /** That it begins with, `\\"` within a quotation; empty without. */
  readonly quote: string;
}

const MAX_TYPE = 48;
const WORD_ENDS = /[\s"'`;|&)}\\]/;
const SERVER = /^(?:requirepass|masterauth|rootpw|bindpw)$/;
/** A form of a Lisp that sets its first thing to the second. */
const APPLIED =
  /\((?:setenv|putenv|setq|def\w{0,12}|set!?|custom-set|hash-set!?|puthash|assoc|acons|cons|list|env)\s{1,4}['"]{1,2}$/;
/** Of shells, servers and tools: what sets a name to the word behind it. */
const DIRECTIVE =
  /^\s*(?:-\s+|RUN\s+|\$\s+|sudo\s+)?(?:ENV|ARG|setx|setenv|set|set -\w+|env|SetEnv(?:IfNoCase)?|export|PassEnv|proxy_set_header|fastcgi_param|uwsgi_param|grpc_set_header|add_header|RequestHeader (?:set|add)|Header (?:set|add)|(?:git|aws|npm|yarn|pnpm|gcloud|az|poetry|pip|composer|gh|heroku|stripe|pulumi|bundle|firebase|dotnet|flyctl|nmcli|conda|helm|juju|snap|keytool|mosquitto\w*|psql|mc|defaults)\s[^"'(){};=]{0,100})\s+["']?[\w./:-]*$/i;

/** What stands behind a name with nothing but blanks, from `from` on, between them. */
export function blankSecrets(
  text: string,
  named: Named,
  from: number,
  isOption: boolean,
): readonly SecretSpan[] {
  const { end, start, role, quote } = named;
  if (from === end) return inNextElement(text, end, role);
  const before = text.slice(Math.max(startOfLine(text, start), start - 80), start);
  if (/<[\w.:-]{0,30}$/.test(before)) {
    const close = text.slice(from, from + 200).indexOf('>');
    return close === -1 ? [] : inElement(text, start, role, from + close);
  }
  if (quote !== '' && !isOption) {
    return APPLIED.test(text.slice(Math.max(0, named.from - 40), named.from)) ? quoted(text, from, role) : [];
  }
  const valued = lengthOf(/^-[Vv]alue\s{1,4}/, text, from);
  if (valued > 0) return bareUntil(text, from + valued, role, WORD_ENDS, false);
  const declared = behindDeclaration(text, from);
  if (declared !== undefined) return quoted(text, declared, role);
  return told(text, named, from, { before, isOption });
}

/** A word or a quotation, where what stands before the name makes it a value. */
function told(
  text: string,
  named: Named,
  from: number,
  { before, isOption }: { readonly before: string; readonly isOption: boolean },
): readonly SecretSpan[] {
  const { role, start } = named;
  const isTold = isOption || isDirective(before) || (SERVER.test(named.name) && before.trim() === '');
  if (beginsQuoted(text, from)) return quoted(text, from, isTold || role === 'strong' ? role : 'weak');
  if (isTold) return bareUntil(text, from + (text[from] === '{' ? 1 : 0), role, WORD_ENDS, false);
  if (role !== 'strong') return [];
  const isFirst = before.trim() === text.slice(named.from, start);
  return firstOf([() => (isFirst ? behindSetting(text, named, from) : []), () => toldOf(text, from, before)]);
}

/** `db.password …` alone in its line, of properties and servers; with a digit in it, as types have none. */
function behindSetting(
  text: string,
  { name, from: first, start }: Named,
  from: number,
): readonly SecretSpan[] {
  const line = text.slice(from, endOfLine(text, from)).trimEnd();
  if (!/[._-]/.test(text.slice(first, start) + name) && !/^(?:password|passwd|secret)$/.test(name)) return [];
  if (!/\d/.test(line) || /[\s(){}[\];,=]/.test(line)) return [];
  return one(text, from, from + line.length, 'strong', false);
}

/** `with user tide and password …`, as people write it: a word that no sentence and no program has there. */
function toldOf(text: string, from: number, before: string): readonly SecretSpan[] {
  if (!/\b(?:user|login|with|and|the|default|admin|root|is|pw)\b/i.test(before)) return [];
  const value = /^(?:is |was |= )?([\w!@#$%^&*+-]{6,60})(?=[.,;)]?(?:\s|$))/d.exec(
    text.slice(from, from + 90),
  );
  const [start, end] = value?.indices?.[1] ?? [0, 0];
  if (value?.[1] === undefined || !/\d|[A-Za-z][_!@#$%^&*+-][A-Za-z]/.test(value[1])) return [];
  if (!/[A-Z]|\d|[!@#$%^&*]/.test(value[1])) return [];
  return one(text, from + start, from + end, 'strong', false);
}

/** `ENV NAME value`, `ARG`, `set -x NAME value`, `requirepass value`, `machine … password value`. */
function isDirective(before: string): boolean {
  return DIRECTIVE.test(before) || /^\s*(?:machine|default|login|user)\s+[^"'(){}]*$/.test(before);
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
