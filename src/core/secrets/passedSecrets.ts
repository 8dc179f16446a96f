import type { SecretSpan } from './valueAt.ts';
import { isSecretValue } from './secretValue.ts';

/** What takes a password by its place alone: which argument, from 0, is one. */
const ARGUMENT_OF: ReadonlyMap<string, number> = new Map([
  ['networkcredential', 1],
  ['getconnection', 2],
  ['mysqli_connect', 2],
  ['mysqli', 2],
  ['mysql_connect', 2],
  ['pdo', 2],
  ['httpbasicauth', 1],
  ['httpdigestauth', 1],
  ['basicauth', 1],
  ['basic_auth', 1],
  ['setbasicauth', 1],
  ['usernamepasswordcredentials', 1],
  ['usernamepasswordauthenticationtoken', 1],
  ['passwordauthentication', 1],
  ['plainauth', 2],
  ['login', 1],
  ['basiccredentials', 1],
  ['ftp_login', 2],
]);
const CALL =
  /\b(?:NetworkCredential|getConnection|mysqli(?:_connect)?|mysql_connect|PDO|HTTPBasicAuth|HTTPDigestAuth|basic_?auth|BasicAuth|SetBasicAuth|setBasicAuth|UsernamePassword(?:Credentials|AuthenticationToken)|PasswordAuthentication|PlainAuth|login|BasicCredentials|ftp_login)\(/g;
const SQL = /\bIDENTIFIED (?:WITH \S{1,60} )?(?:BY|AS) (?:PASSWORD |VALUES )?N?(?=['"])/gi;
const BASIC_PAIR = /\bauth ?[=:] ?[([]/g;
const SECURE_STRING = /\bConvertTo-SecureString (?:-\w{1,20} ){0,3}(?=["'])/gi;
const PIPED =
  /\becho (?:-n )?(?=["']?[^\s"'|]{3,80}["']? ?\| ?(?:[\w ./-]{0,60}--password-stdin|(?:sudo )?chpasswd))/g;
const OPENSSL = /-pass(?:in|out)? pass:/g;
/** Commands, and how they are told a password. */
const MYSQL = /\b(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump)(?:["',]? )/g;
const TOLD =
  /\b(?:sshpass|docker login|podman login|az login|cf login|helm registry login|oc login|mongo|mongosh|mongodump|mongorestore|redis-cli|plink|pscp|sqlcmd|ldapsearch|zip|unzip|7z|bcp) /g;
const USER = /(?:^|[\s"'([,])(?:-u|--user|--proxy-user|-U)(?:["'], ?["']|[= ]["']?|(?=[a-z]+:))/g;
const MYSQL_OPTION = /["' ]-p(?=[^\s"'-]|["'][^\s,\]])/;
const STOP = /[\s"'`;|&,)\]]/;

/** The secrets that commands, functions and statements are given by place: `-u name:…`, `IDENTIFIED BY '…'`. */
export function passedSecrets(text: string): readonly SecretSpan[] {
  return [
    ...found(text, CALL, ({ index, 0: call }) => {
      const place = ARGUMENT_OF.get(call.slice(0, -1).toLowerCase()) ?? 1;
      return nth(text, index + call.length, place);
    }),
    ...found(text, BASIC_PAIR, ({ index, 0: { length } }) => nth(text, index + length, 1)),
    ...[SQL, SECURE_STRING, PIPED, OPENSSL].flatMap((expression) =>
      found(text, expression, ({ index, 0: { length } }) => word(text, index + length)),
    ),
    ...found(text, MYSQL, ({ index }) => option(text, index, MYSQL_OPTION)),
    ...found(text, TOLD, ({ index, 0: tool }) => option(text, index, optionOf(tool.trim()))),
    ...found(text, USER, ({ index, 0: { length } }) => ofUser(text, index + length)),
  ];
}

function found(
  text: string,
  expression: RegExp,
  spansOf: (match: RegExpExecArray) => readonly SecretSpan[],
): readonly SecretSpan[] {
  return [...text.matchAll(expression)].flatMap(spansOf);
}

/** The argument at this place, when it is a quotation and those before it are short. */
function nth(text: string, from: number, place: number): readonly SecretSpan[] {
  const window = text.slice(from, from + 300);
  let at = 0;
  for (let count = 0; count < place; count++) {
    at = endOfArgument(window, at);
    if (window[at] !== ',') return [];
    at++;
  }
  while (/\s/.test(window.charAt(at))) at++;
  at += /^(?:Some\(|String\.valueOf\()/.exec(window.slice(at, at + 16))?.[0].length ?? 0;
  return /["']/.test(window.charAt(at)) ? word(text, from + at) : [];
}

function endOfArgument(window: string, from: number): number {
  let open = '';
  for (let at = from; at < window.length; at++) {
    const character = window.charAt(at);
    if (open !== '') {
      if (character === '\\') at++;
      else if (character === open) open = '';
    } else if (character === '"' || character === "'") open = character;
    else if (/[,)(;{}]/.test(character)) return at;
  }
  return window.length;
}

function optionOf(tool: string): RegExp {
  switch (tool) {
    case 'redis-cli':
      return / -a +/;
    case 'plink':
    case 'pscp':
      return / -pw +/;
    case 'sqlcmd':
    case 'bcp':
    case 'zip':
    case 'unzip':
      return / -P +/;
    case 'ldapsearch':
      return / -w +/;
    case '7z':
      return / -p(?=\S)/;
    default:
      return / -p ?(?=[^\s-])/;
  }
}

function option(text: string, from: number, flag: RegExp): readonly SecretSpan[] {
  const window = text.slice(from, from + 400);
  const end = window.search(/(?<!\\)\n/);
  const line = end === -1 ? window : window.slice(0, end);
  const found = flag.exec(line);
  return found === null ? [] : word(text, from + found.index + found[0].length);
}

/** Behind a user's name and a colon. */
function ofUser(text: string, from: number): readonly SecretSpan[] {
  const separator = /^[\w.@\\${}-]{1,60}[:%]/.exec(text.slice(from, from + 64));
  return separator === null ? [] : word(text, from + separator[0].length);
}

/** A word of a command line, or a quotation, as a password. */
function word(text: string, from: number): readonly SecretSpan[] {
  const quote = /["']/.test(text.charAt(from)) ? text.charAt(from) : '';
  const start = from + quote.length;
  const rest = text.slice(start, start + 300);
  const length = quote === '' ? rest.search(STOP) : rest.indexOf(quote);
  if (quote !== '' && (length === -1 || rest.slice(0, length).includes('\n'))) return [];
  const end = start + (length === -1 ? rest.length : length);
  return isSecretValue(text.slice(start, end), 'strong', false) ? [{ start, end }] : [];
}
