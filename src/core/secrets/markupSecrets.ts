import type { SecretRole } from './secretRole.ts';
import { isQuote } from './textAround.ts';
import { bareUntil, one, quoted, type SecretSpan } from './valueAt.ts';

/** How far behind a name in a list of names and values its value may be. */
const MAX_APART = 240;
const NAME_KEY =
  /(?:^|[\s{,<(["'])\w{0,20}(?:name|key|id|variable|param|property|parameter|type)["']?\s{0,4}[:=]?\s{0,4}["']?$/i;
const VALUE_KEY =
  /(?:^|[\s{,"'(])(?:\w{0,20}Value|value|default|defaultValue|default_value|string_value|content|stringValue|plainText|simple)["']?\s{0,8}[:=]\s{0,8}(?=\S)/i;

/** `<password>…</password>`, from the end of the name on; also behind attributes. */
export function inElement(
  text: string,
  start: number,
  role: SecretRole,
  closing: number,
): readonly SecretSpan[] {
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

/** `<key>Password</key><string>…</string>`. */
export function inNextElement(text: string, end: number, role: SecretRole): readonly SecretSpan[] {
  const between = /^<\/(?:key|name|param-name)>\s{0,40}<(?:string|value|param-value)>/.exec(
    text.slice(end, end + 80),
  );
  if (between === null) return [];
  const at = end + between[0].length;
  return one(text, at, at + text.slice(at, at + 400).search(/<|$/), role, false);
}

/** `key="password" … value="…"`, `name: DB_PASSWORD` and `value: …` below it, `variable "db_password" { default = "…" }`. */
export function valueApart(
  text: string,
  start: number,
  from: number,
  role: SecretRole,
): readonly SecretSpan[] {
  return NAME_KEY.test(text.slice(Math.max(0, start - 24), start)) ? apartOf(text, start, from, role) : [];
}

function apartOf(text: string, start: number, from: number, role: SecretRole): readonly SecretSpan[] {
  const window = text.slice(from, from + MAX_APART);
  const close = window.search(/[}]|\/>|\n\s*-\s|\n\s*\n/);
  const within = close === -1 ? window : window.slice(0, close);
  const key = VALUE_KEY.exec(within);
  if (key === null) {
    const element = /^[^<>\n]{0,80}>\s{0,40}<(?:value|string)>/.exec(window);
    if (element !== null) {
      const at = from + element[0].length;
      return one(text, at, at + text.slice(at, at + 400).search(/<|$/), role, false);
    }
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
