import type { SecretRole } from './secretRole.ts';

const WORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\d+/gu;

/** Of these words alone, a value is a placeholder, a label, a type or the name of something. */
const NO_SECRETS: ReadonlySet<string> = new Set(
  (
    'password passwords passwd passphrase pwd pass pw secret secrets token tokens key keys credential credentials auth ' +
    'authorization authentication authenticate bearer basic digest api access refresh client user username name login account ' +
    'id email your my the a an here this that these new old current confirm confirmation repeat retype enter insert put some ' +
    'any change changed me changeme changeit it to replace replaced replaceme with by of in for from on and or not is be must ' +
    'should please example sample placeholder dummy fake mock todo fixme tbd na redacted masked hidden omitted removed ' +
    'none null nil undefined nan void true false yes no off string str text number int integer bool boolean bytes byte any ' +
    'object unknown never optional required char varchar nvarchar literal self default auto env environment var variable ' +
    'value values field input form type label hint prompt title message error invalid wrong missing forgot forgotten reset ' +
    'test tests include same origin omit manual header headers query cookie cookies body param params url uri path file x ' +
    'db database config settings setting option options data hash hashed salt encrypted encode decode generate generated ' +
    'random get set has valid check verify session csrf xsrf jwt oauth oidc saml sso ldap private public shared service ' +
    'server admin foo bar baz qux abc xxx opaque identifier keyword comment function operator punctuation delimiter ' +
    'sha sha1 sha256 sha384 sha512 md5 md argon argon2 argon2id bcrypt scrypt pbkdf pbkdf2 hmac aes cbc gcm ctr rsa utf utf8 utf-8 ascii latin hex base base64 binary json xml yaml html ' +
    'inherit hint field group section provider manager policy strength length kind mode flow grant plugin strategy store vault ' +
    'passwort kennwort contraseña clave contrasena senha mot de passe motdepasse wachtwoord hasło lösenord adgangskode ' +
    'parola heslo jelszó şifre пароль 密码 密碼 パスワード 비밀번호'
  ).split(' '),
);
/** Words of sentences: a passphrase is made of others. */
const OF_PROSE =
  /(?:^|\s)(?:the|your|you|is|are|be|must|should|please|enter|and|or|to|for|of|a|an|not|with|in|at|from|this|new|password|token|secret|key)(?=\s|$)/i;
const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const DOTTED = /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+$/;
const MARKS_ONLY = /^[xX*.•_?#\-=~/\\|:,;+ ]+$/;
const REFERENCE =
  /^(?:\$[A-Za-z_][\w:>-]*$|\$\(|\$\{|%[A-Za-z_]\w*%|%[sdvrq]$|@[A-Za-z_]\w*@$|<|\{|\[|\(|!\w+ |&\w*$|:[a-z_]+$|\?|__[A-Z_]+__$|op:\/\/|vault:|secret:|env:|file:|ENC\[)/;
const TEMPLATE = /[$#]\{|\{\{|<%|\$\(|%\(|\{\d*\}|%s/;
const PLACE = /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)/;
const SELECTOR = /^[a-z-]*[#.[](?=[a-z])/i;
const EXPRESSION = /^\^|\\[wsdbSWD]|\.\*|\(\?/;
const NO_VALUES = [
  /^\[secret\]$/,
  MARKS_ONLY,
  REFERENCE,
  TEMPLATE,
  PLACE,
  /:\/\//,
  EXPRESSION,
  /^(?:\\(?:x[\da-f]{2}|u[\da-f]{4}|[0-7abtnvfr]))+/i,
  /^(?:RFC|ISO|CVE|PEP)[ -]?\d/,
  /[:…]$|\.\.\.$/,
];
const MAX_LENGTH = 500;

/** Whether this, given to something of such a role, is a secret itself and no placeholder, reference, type, label or path. */
export function isSecretValue(value: string, role: SecretRole, bare: boolean): boolean {
  if (value.length < 3 || value.length > MAX_LENGTH || NO_VALUES.some((form) => form.test(value)))
    return false;
  if (/\s/.test(value)) return !bare && role === 'strong' && isPassphrase(value);
  const hasDigit = /\d/.test(value);
  if (/[^\0-\x7f]/.test(value) && !(hasDigit && role === 'strong')) return false;
  const words = (value.match(WORD) ?? []).map((word) => word.toLowerCase());
  if (isName(value, hasDigit, words) || (bare && !isBareValue(value, role, words))) return false;
  return isLikely(value, role);
}

function isLikely(value: string, role: SecretRole): boolean {
  switch (role) {
    case 'fair':
      return value.length >= 8 || (isMixed(value) && value.length >= 6);
    case 'weak':
      return value.length >= 8 && isMixed(value) && alternations(value) >= 2;
    default:
      return true;
  }
}

/** Words that are no secret, or the name of a constant, a member or an element. */
function isName(value: string, hasDigit: boolean, words: readonly string[]): boolean {
  if (words.every((word) => NO_SECRETS.has(word))) return true;
  if (CONSTANT.test(value)) return !/\d[A-Z]|[A-Z]\d/.test(value);
  if (DOTTED.test(value)) return !hasDigit || NO_SECRETS.has(words.at(-1) ?? '');
  return SELECTOR.test(value) && !hasDigit;
}

/** Without quotes, what names a thing of the program is no value. */
function isBareValue(value: string, role: SecretRole, words: readonly string[]): boolean {
  if (/[()[\]{}<>`"']/.test(value)) return false;
  if (/\d/.test(value)) {
    return (
      !/^\d{1,3}$/.test(value) &&
      (role === 'strong' || alternationsOfCase(value) >= 6 || !/^[A-Za-z_]+\d+[A-Za-z_]*$/.test(value))
    );
  }
  if (/^[A-Z]\w*$/.test(value) && /[a-z]/.test(value)) return false;
  if (/^\w+$/.test(value) && (/[a-z][A-Z]/.test(value) || value.includes('_'))) return false;
  return !words.some((word) => word.length > 3 && NO_SECRETS.has(word));
}

/** Words that no sentence has, or with digits among their letters. */
function isPassphrase(value: string): boolean {
  if (OF_PROSE.test(value) || /[.:?,()<>]/.test(value) || value.length > 100) return false;
  if (/^[a-z]+(?: [a-z]+){3,}$/.test(value)) return true;
  const words = value.match(WORD) ?? [];
  // Algorithms have digits among their letters as well: `SHA512 base64`.
  if (words.every((word) => /^\d/.test(word) || NO_SECRETS.has(word.toLowerCase()))) return false;
  return /[A-Za-z]\d|\d[A-Za-z]|[A-Za-z\d][!@#$%^&*]+[A-Za-z\d]/.test(value);
}

function isMixed(value: string): boolean {
  if (/[A-Za-z]/.test(value) && /\d/.test(value)) return true;
  return value.length >= 12 && (/[+/=!@#$%^&*]/.test(value) || /^\d+$/.test(value) || isUnread(value));
}

/** Letters alone, in cases that no word has, or more in one piece than words have. */
function isUnread(value: string): boolean {
  return /^[A-Za-z]{16,}$/.test(value) && (alternationsOfCase(value) >= 6 || !/[A-Z]/.test(value));
}

function alternations(value: string): number {
  return (value.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g) ?? []).length;
}

function alternationsOfCase(value: string): number {
  return (value.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g) ?? []).length;
}
