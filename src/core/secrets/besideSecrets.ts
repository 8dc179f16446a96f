import type { SecretRole } from './secretRole.ts';
import { firstOf, one, quoted, quotedBehind, type SecretSpan } from './valueAt.ts';

/** A name in a text: where all that it is the end of begins, its quote included, and where it ends, with its quote. */
export interface NamePlace {
  readonly outer: number;
  readonly end: number;
  readonly role: SecretRole;
  readonly isQuoted: boolean;
}

/** `"…" === name`, `"…".equals(name)`, `[ "…" = "$name" ]`. */
const COMPARED =
  /(["'`])([^"'\n`]{3,80})\1(?:\s{0,4}(?:[!=]==?|=~|-eq|-ne|-ceq|\s!?=\s)\s{0,4}["']?|\.(?:equals\w{0,20}|Equals|eql\?|contentEquals|isEqualToString|compareTo|localeCompare)\(\s{0,4})[$&*@]{0,2}\{?[\w.$>-]{0,40}$/d;
/** `Assert.Equal("…", name)`, `compare('…', name)`. */
const FIRST_OF_TWO =
  /\b(?:assert\w{0,30}|\w{0,8}equals?\w{0,20}|compare\w{0,20}|is|same|strn?cmp|strn?casecmp|hash_equals|timingSafeEqual|EXPECT_\w{2,8}|ASSERT_\w{2,8}|verify\w{0,12}|matches|checkpw|check_password\w{0,8})!?\(\s{0,4}(?:[\w.]{1,30},\s{0,4})?[bu@]?(["'])([^"'\n]{3,80})\1,\s{0,4}[&*@$]{0,2}[\w.$>-]{0,60}$/di;
/** `set("…", forKey: "password")`. */
const VALUE_FIRST =
  /(["'])([^"'\n]{3,80})\1,\s{0,4}(?:for|forKey|key|withKey|named|name|as|account)["']?\s{0,4}[:=]\s{0,4}@?$/d;
/** What a function or a member of this name gives: `password() { return "…" }`, `let(:password) { '…' }`, `= () => "…"`. */
const RETURNS =
  /^(?:\)\s{0,4}(?:\{|do)|(?:\s{0,2}\([^()\n]{0,80}\))?[^"'`;=\n{,()]{0,40}\{\s{0,40}(?:get\s{0,4}\{\s{0,40})?return|\s{0,2}\([^()\n]{0,80}\)[^"'`;=\n{]{0,40}(?:=>?|->|\{|:|\bdo\b|\n)|\s{0,4}=\s{0,4}(?:\([^()\n]{0,40}\)\s{0,4}[-=]>|lambda:|->\s{0,4}\{|\w{1,12}\s{0,4}=>|proc\s{0,4}\{))\s{0,60}(?:return\s{1,4})?(?=["'`])/;
/** `value: …` in front of `name: NAME`. */
const VALUE_BEFORE =
  /(?:^|[\s{,])(["']?)value\1[ \t]{0,4}[:=][ \t]{0,8}(["']?)([^\s"'{},]{3,200})\2\s{0,3}(?:,\s{0,40}|\n[ \t]{0,40}|[ \t]{1,4})(["']?)(?:name|key)\4[ \t]{0,4}[:=][ \t]{0,8}$|\bvalue\s{0,4}=\s{0,4}N?'([^'\n]{3,80})'\s{1,20}where\s{1,20}\w{1,40}\s{0,4}=\s{0,4}N?'?$/di;
/** `@Value("…") String password`, `#[arg(default_value = "…")] password`. */
const DEFAULT_BEFORE =
  /(?:@\w{0,12}(?:Value|Default|DefaultValue)\(|\bdefault\w{0,12}["']?\s?[=:(]\s?)(?:value\s?=\s?)?["']([^"'\n]{3,80})["'][^\n"'(){}]{0,20}[)\]}]{1,3}\s{1,20}(?:(?:public|private|protected|final|static|readonly|pub|val|var|String)\s{1,4}){0,4}$/d;
/** What a lookup that finds nothing gives: `var("DB_PASSWORD").unwrap_or("…")`. */
const INSTEAD =
  /^\)\??(?:\.ok\(\))?\s{0,40}(?:\.(?:unwrap_or\w{0,8}|orElse\w{0,4}|getOrElse|or_else|or|defaultsTo|default|fallback|withDefault|default_value|and_return|returns?|thenReturn|mockReturnValue|willReturn|andReturn)\(|\?:|\|\||\?\?|\bor\b)\s{0,4}(?:\|\w{0,8}\||\(\)\s?[-=]>)?\s{0,4}(?=["'`])/;
/** Functions that hold a thing against another one, or copy one into it. */
const OF_TWO =
  /\b(?:str(?:n?cmp|n?casecmp|l?n?cpy|l?n?cat|_equals?)|mem(?:cmp|cpy)|lstrcmpi?|equals\w{0,20}|isEqual|compare\w{0,20}|constant_time_compare|assert\w{0,30}|timingSafeEqual|hash_equals|secure_compare|same|sn?printf|(?:EXPECT|ASSERT)_\w{2,8}|is|eq|cmp_ok)!?\(\s{0,4}[&*@$]{0,2}[\w.$>-]{0,60}$/i;
/** What chooses by a value: each branch has one. */
const CHOICE = /\b(?:switch|when|match|case|select)\b[\s({]{0,4}[$\w.]{0,40}$/;
const BRANCH =
  /^\)?(?:\.as_str\(\)|\.as_deref\(\))?[\s{:]{0,20}(?:of\s|in\s)?\s{0,20}(?:case\s{1,4}|when\s{1,4}|is\s{1,4})?(?=["'])/;
/** Of a form or a command: `'Password', with: '…'`, `"--password", default="…"`, `[name=password]').type('…'`. */
const FILLED =
  /^\]?["'`]?\]?["'`]?\)?\s{0,4}(?:,[^()\n]{0,120}?\b(?:with|value|default|text|default_value|defaultValue|const)["']?\s{0,4}(?::|=>?)\s{0,4}|\)?\s{0,4}\.(?:clear\(\)\.)?(?:(?:type|fill|sendKeys|send_keys|setValue|set_value|set|val|typeText|input|setText|replaceText|enterText|pressSequentially)\(|value\s{0,2}=)\s{0,4})(?=["'`])/;
const FILL_WITH =
  /\b(?:fill_in|add_argument|add_option|argument|option|Option|Argument|addOption|add_parameter|getByLabel\w{0,8}|getByPlaceholder\w{0,8}|locator|get|find\w{0,20}|\$|By\.\w{1,12}|by\.\w{1,12}|querySelector|screen\.\w{1,20}|element)\(?\s{0,4}[^()\n]{0,60}$/;
/** Flags of programs: the name is the second thing, its default comes next. */
const FLAG = /\bString(?:P|Var|VarP)?\(\s{0,4}&?[\w.]{0,60},\s{0,4}$/;
/** Arguments in pairs of name and value, or a section before them: `of("user", "tide", "password", `. */
const PAIRS =
  /\b(?:of|mapOf|dict|Dict|hash|array|Map|object|set\w{0,20}|Set\w{0,20}|put\w{0,20}|write\w{0,20}|define|assign|override|hmset|HMSET|HSET|hset|with\w{0,20})\(\s{0,20}(?:(?:"[^"\n]{0,60}"|'[^'\n]{0,60}'|[\w.]{1,40}),\s{0,40}){1,9}$/;
const NEXT = /^\s{0,4},\s{0,40}/;
/** An item of a mapping that is written as a pair: `{ "password", "…" }`, `{password, <<"…">>}`. */
const PAIR_OPENS = /[{]\s{0,4}$/;

const PAIR_IN_LIST = /[[(,]\s{0,20}[[(]\s{0,4}$/;
/** `password.equals("…")`, `passwordInput.sendKeys("…")`. */
const METHOD =
  /^[?!]?\.(?:clear\(\)\.)?(?:equals\w{0,20}|Equals|eql\?|contentEquals|compareTo|isEqualTo|toBe|set|setValue|set_value|setText|assign|append|push|push_str|replace|type|fill|sendKeys|send_keys|SendKeys|typeText|setProperty|next|value ?=|text ?=|Text ?=|Value ?=|data ?=|default ?=)\(? ?(?=["'`@])|^\)\.(?:not\.|to\.|should\.)?(?:toBe|toEqual|toStrictEqual|toHaveValue|equals?|eq|eql|isEqualTo|be)\((?=["'`])/;
const FIELD_NAME =
  /(?:Field|Input|Box|TextBox|Element|El|Edit|EditText|_field|_input|_box|_element|_edit|_el|Txt|_txt)$/;
const FILLED_FIELD = /\b(?:fill|type|change|input|enter|set)\w{0,20}\(\s{0,4}[\w.]{0,30}["']?$/i;
const NEXT_VALUE = /^["']?\)?,\s{0,4}(?:\{\s{0,4}target:\s{0,4}\{\s{0,4}value:\s{0,4})?(?=["'`])/;
const FILLS_NAMED = /\b(?:fill|type|change|input|enter)\w{0,20}\(\s{0,4}[^()\n"']{0,30}$/i;
/** `type(getByLabelText(/password/i), '…')`. */
const FILLS_LABEL = /\b(?:fill|type|change|enter)\w{0,20}\([^\n]{0,60}$/i;
const BEHIND_LABEL = /^[^\n/]{0,20}\/[a-z]?\),\s{0,4}(?=["'`])/;
const ONE_WORD = /^["'`][a-z-]{1,40}["'`]\s{0,4}[\])]/;
/** What ends with a name, and which of its groups is the value. */
const BEFORE: readonly (readonly [RegExp, readonly number[]])[] = [
  [COMPARED, [2]],
  [FIRST_OF_TWO, [2]],
  [VALUE_BEFORE, [3, 5]],
  [VALUE_FIRST, [2]],
  [DEFAULT_BEFORE, [1]],
];
/** `fill('input[name=password]', '…')`. */
const SELECTED = /^\]?["']?[^"'\n(){}]{0,20}["'`],\s{0,4}(?=["'`])/;
const FILLS =
  /(?:\.|\b)(?:fill\w{0,20}|type\w{0,12}|setValue|set_value|typeText|sendKeys|send_keys|input_text|clearAndType|clear_and_type|press_sequentially|val|change|enter\w{0,12}|populate)\(\s{0,4}["'`][^"'`\n]{0,60}["'`]?[^"'`\n]{0,30}$/i;

/** What a function that is named for a secret returns. */
export function returned(text: string, end: number, role: SecretRole): readonly SecretSpan[] {
  return quotedBehind(text, end, RETURNS, role);
}

/** What is typed into a thing that is named for a password: `passwordInput.sendKeys("…")`, though its name is no secret. */
export function inField(
  text: string,
  { name, outer, end }: { name: string; outer: number; end: number },
): readonly SecretSpan[] {
  if (!FIELD_NAME.test(name) || !/passw|pwd/i.test(name) || outer < 0) return [];
  const isFilled = FILLED_FIELD.test(text.slice(Math.max(0, outer - 60), outer + 1));
  return firstOf([
    () => quotedBehind(text, end, METHOD, 'strong'),
    () => (isFilled ? quotedBehind(text, end, NEXT_VALUE, 'strong') : []),
  ]);
}

/** The values that stand before or beside a name rather than behind a sign of it. */
export function besideSecrets(text: string, place: NamePlace): readonly SecretSpan[] {
  const { outer, end, role, isQuoted } = place;
  if (role === 'many' || role === 'header') return [];
  const before = text.slice(Math.max(0, outer - 240), outer);
  const near = before.slice(-180);
  const behindName = (expression: RegExp) => quotedBehind(text, end, expression, role);
  return firstOf([
    ...BEFORE.map(
      ([expression, groups]) =>
        () =>
          group(text, near, place, expression, groups),
    ),
    () => (isQuoted ? [] : returned(text, end, role)),
    () => (isQuoted || text[outer] === ':' ? behindName(INSTEAD) : []),
    () => (isQuoted && text[end - 1] === ')' ? quotedBehind(text, end - 1, INSTEAD, role) : []),
    () => (isQuoted ? [] : behindName(METHOD)),
    () => (text[outer] === '/' && FILLS_LABEL.test(before) ? behindName(BEHIND_LABEL) : []),
    () =>
      FILLS.test(text.slice(Math.max(0, outer - 120), outer + (isQuoted ? 1 : 0)))
        ? behindName(SELECTED)
        : [],
    () => paired(text, before, place),
    () => (CHOICE.test(before.slice(-60)) ? behindName(BRANCH) : []),
    () => (FILL_WITH.test(before) ? behindName(FILLED) : []),
  ]);
}

/** The thing that comes next, where names and values are passed or listed in turn. */
function paired(
  text: string,
  before: string,
  { outer, end, role, isQuoted }: NamePlace,
): readonly SecretSpan[] {
  const next = NEXT.exec(text.slice(end, end + 60));
  if (next === null) return [];
  const at = end + next[0].length;
  // A set of two names is written like a pair of a name and a value.
  if (PAIR_OPENS.test(before)) return quoted(text, at, role === 'fair' ? 'weak' : role);
  if (!isQuoted) return isPassedTo(before, text.slice(outer, end)) ? quoted(text, at, role) : [];
  if (PAIR_IN_LIST.test(before)) return ONE_WORD.test(text.slice(at, at + 50)) ? [] : quoted(text, at, role);
  return FLAG.test(before) || PAIRS.test(before) ? quoted(text, at, role) : [];
}

/** Whether an unquoted name is what a call sets, fills or compares. */
function isPassedTo(before: string, name: string): boolean {
  if (OF_TWO.test(before) || FILLS_NAMED.test(before) || /\bdefine\($/.test(before)) return true;
  return /(?:^|[^a-z])[A-Z_]{3,40}$/.test(name) && /[(,]\s{0,20}[\w.:]{0,40}$/.test(before);
}

function group(
  text: string,
  before: string,
  { outer, role }: NamePlace,
  expression: RegExp,
  groups: readonly number[],
): readonly SecretSpan[] {
  const indices = expression.exec(before)?.indices;
  const range = groups.map((number) => indices?.[number]).find((found) => found !== undefined);
  if (range === undefined) return [];
  const offset = outer - before.length;
  return one(text, offset + range[0], offset + range[1], role, false);
}
