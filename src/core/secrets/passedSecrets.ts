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
  ['mysql_real_connect', 3],
  ['mysql_real_connect_nonblocking', 3],
  ['dbi->connect', 2],
  ['sequel.connect', 3],
  ['wifi.begin', 1],
  ['jwt.sign', 1],
  ['jwt.verify', 1],
  ['jwt.encode', 1],
  ['jwt.decode', 1],
  ['createhmac', 1],
  ['createcipheriv', 1],
  ['createdecipheriv', 1],
  ['hash_hmac', 2],
  ['hmac256', 0],
  ['hmac384', 0],
  ['hmac512', 0],
  ['signwith', 1],
  ['setsigningkey', 0],
  ['userpassword', 1],
  ['usercredentials', 1],
  ['withcredentials', 1],
  ['setcredentials', 1],
  ['withbasicauth', 1],
  ['authenticate', 1],
  ['http_basic', 1],
  ['httpbasic', 1],
  ['signin', 1],
  ['logon', 1],
  ['signinwithemailandpassword', 2],
  ['createuserwithemailandpassword', 2],
  ['pgp_sym_encrypt', 1],
  ['pgp_sym_decrypt', 1],
  ['aes_encrypt', 1],
  ['aes_decrypt', 1],
  ['bearer_auth', 0],
  ['bearerauth', 0],
  ['setbearerauth', 0],
  ['basichttpauth', 1],
  ['auth_basic', 1],
  ['basicauthentication', 1],
  ['secretkeyspec', 0],
  ['signer', 0],
  ['timestampsigner', 0],
  ['urlsafeserializer', 0],
  ['urlsafetimedserializer', 0],
  ['fernet', 0],
  ['password_hash', 0],
  ['password_verify', 0],
  ['bcrypt.hash', 0],
  ['hashsync', 0],
  ['bcrypt.compare', 0],
  ['comparesync', 0],
  ['hashpw', 0],
  ['checkpw', 0],
  ['argon2.hash', 0],
  ['argon2.verify', 1],
  ['scryptsync', 0],
  ['crypto.scrypt', 0],
  ['pbkdf2sync', 0],
  ['crypto.pbkdf2', 0],
  ['generate_password_hash', 0],
  ['check_password_hash', 1],
  ['make_password', 0],
  ['passwordencoder.encode', 0],
  ['generatefrompassword', 0],
  ['comparehashandpassword', 1],
  ['sqlite3_key', 1],
  ['hmac.new', 1],
  ['createsecretkey', 0],
  ['symmetricsecuritykey', 0],
  ['hmacshakeyfor', 0],
  ['pbekeyspec', 0],
  ['passwordprotection', 0],
  ['setencryptionkey', 0],
  ['asc_openssl', 0],
  ['basic', 1],
  ['authenticator', 1],
  ['create_user', 2],
  ['create_superuser', 2],
  ['pscredential', 1],
]);
const CALL = new RegExp(
  String.raw`\b(?:${[...ARGUMENT_OF.keys()].map((name) => name.replaceAll('.', String.raw`\.`)).join('|')})\(`,
  'gi',
);
const SQL = /\bIDENTIFIED (?:WITH \S{1,60} )?(?:BY|AS) (?:PASSWORD |VALUES )?N?(?=['"])/gi;
const BASIC_PAIR = /\bauth ?[=:] ?[([]/g;
const SECURE_STRING = /\bConvertTo-SecureString (?:-\w{1,20} ){0,3}(?=["'])/gi;
const PIPED =
  /\becho (?:-n )?(?=["']?[^\s"'|]{3,80}["']? ?\| ?(?:[\w ./-]{0,60}--password-stdin|(?:sudo )?chpasswd|sudo -S|[^|\n]{0,60}--passphrase-fd 0|passwd --stdin|kinit|cryptsetup [^\n|]{0,60}-|smbpasswd))/g;
/** What comes after a name, as the last or next word of a command. */
const ACCOUNT =
  /\b(?:htpasswd -\w{0,6}b\w{0,6}(?: -\w{1,4}){0,3}(?: [\w./-]{1,80})? [\w.@-]{1,40}|rabbitmqctl (?:add_user|change_password|authenticate_user) [\w.@-]{1,40}|net user [\w.@-]{1,40}|net use \S{1,80}(?: \\\\\S{1,80})?|(?:pw|ejabberdctl) \w{1,20} [\w.@-]{1,40}(?: [\w.-]{1,60})?|openssl passwd(?: -\w{1,8}){0,3}(?: -salt \w{1,16})?|smbpasswd(?: -\w){0,3} [\w.-]{1,40}|mosquitto_passwd -b \S{1,80} [\w.-]{1,40}) (?=[^\s/<>|*-])/g;
/** What a script types when it is asked for one. */
const EXPECTED =
  /\bexpect\b[^\n]{0,40}(?:assword|assphrase)[^\n]{0,40}\n\s{0,20}(?:exp_)?send\w{0,6} (?:-- )?(?=["'])/g;
const READ_FROM = /<<< ?(?<=\b(?:PASS\w{0,12}|\w{0,30}_PASS(?:WORD)?|password|passwd|pw) ?<<< ?)(?=\S)/g;
/** Options of libraries that hold a name and a password. */
const USERPWD = /(?:USERPWD|PROXYUSERPWD|userpwd)\W{1,6}(?=["'])/g;
const OPENSSL = /-pass(?:in|out)? ["']?pass:/g;
/** Commands, and how they are told a password. */
const MYSQL = /\b(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump)(?:["']?,? )/g;
const TOLD =
  /\b(?:sshpass|docker login|podman login|az login|cf login|helm registry login|oc login|mongo|mongosh|mongodump|mongorestore|redis-cli|plink|pscp|sqlcmd|ldapsearch|zip|unzip|7z|bcp|openssl|rar|unrar|mosquitto_pub|mosquitto_sub|snmpget|snmpwalk|ipmitool|net rpc|rdesktop|xfreerdp|mysqlsh|cqlsh|clickhouse-client|influx|hydra|impacket-\w{1,20}|evil-winrm|winrs|psexec|wmic|schtasks|bteq|isql|sqlplus|ssh-keygen|lftp|ncftp\w{0,4}) /g;
/** Fields for passwords with a value already in them, whichever attribute comes first. */
const FIELD = /\btype=["']password["'][^<>\n]{0,200}?\b(?:defaultValue|value)=\{?(?=["'])/g;
const FIELD_BEHIND =
  /\b(?:defaultValue|value)=\{?(?=["'][^"'<>]{3,80}["']\}?[^<>\n]{0,200}?\btype=["']password["'])/g;
/** Of switches and routers. */
const DEVICE =
  /^[ \t]{0,40}(?:enable|username\s{1,20}\S{1,40}(?:\s{1,20}(?:privilege|role)\s{1,20}\S{1,20})?)\s{1,20}(?:secret|password)\s{1,20}(?:\d\s{1,20})?(?=\S)|^[ \t]{0,40}(?:snmp-server community|set community|(?:radius|tacacs)-server key|crypto isakmp key|neighbor \S{1,40} password|ppp chap password|pre-shared-key|key-string|wpa-psk ascii)\s{1,20}(?:\d\s{1,20})?(?=\S)/gm;
/** `EXEC sp_addlogin 'tide', '…'`: without brackets. */
const PROCEDURE = /\bsp_(?:addlogin|password)\s{1,4}N?'[^'\n]{0,60}',\s{0,4}N?(?=')/gi;
/** `Credentials: name / …`. */
const NAMED_PAIR =
  /\b(?:credentials?|login|account|creds)\b ?[:=] ?["'`(]?[\w.@-]{2,40} ?(?: \/ |\/|:) ?(?=[\w!@#$%^&*+-]{6,60}["'`)]?\s*$)/gim;
const NETRC = /\bmachine\s{1,4}\S{1,100}\s{1,40}login\s{1,4}\S{1,60}\s{1,40}password\s{1,4}(?=\S)/g;
const USER =
  /(?:^|[\s"'([,])(?:-u|--user|--proxy-user|-U|--auth|(?<=\bhttps? )-a)(?:["'], ?["']|[= ]["']?|(?=[a-z]+:))/g;
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
    ...[
      SQL,
      SECURE_STRING,
      PIPED,
      OPENSSL,
      ACCOUNT,
      READ_FROM,
      FIELD,
      FIELD_BEHIND,
      NETRC,
      DEVICE,
      PROCEDURE,
    ].flatMap((expression) =>
      found(text, expression, ({ index, 0: { length } }) => word(text, index + length)),
    ),
    ...found(text, MYSQL, ({ index }) => option(text, index, MYSQL_OPTION)),
    ...found(text, TOLD, ({ index, 0: tool }) => option(text, index, OPTION_OF.get(tool.trim()) ?? BY_P)),
    ...found(text, EXPECTED, ({ index, 0: { length } }) => typed(text, index + length)),
    ...found(text, NAMED_PAIR, ({ index, 0: { length } }) =>
      word(text, index + length).filter(({ start, end }) =>
        isSecretValue(text.slice(start, end), 'weak', false),
      ),
    ),
    ...found(text, USERPWD, ({ index, 0: { length } }) => ofUser(text, index + length + 1)),
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
  at += ENCODED.exec(window.slice(at, at + 60))?.[0].length ?? 0;
  return /["']/.test(window.charAt(at)) ? word(text, from + at) : [];
}

/** What makes bytes of a text, or a value of one. */
const ENCODED =
  /^(?:(?:Some|String\.valueOf|\[\]byte|(?:System\.Text\.)?Encoding\.\w{1,8}\.GetBytes|Buffer\.from|(?:new )?TextEncoder\(\)\.encode|bytes|string|utf8\.encode|NSString|secureString)\()?[bu@]?(?=["'])/;

function endOfArgument(window: string, from: number): number {
  let open = '';
  let depth = 0;
  for (let at = from; at < window.length; at++) {
    const character = window.charAt(at);
    if (open !== '') {
      if (character === '\\') at++;
      else if (character === open) open = '';
    } else if (character === '"' || character === "'") open = character;
    else if (/[([{]/.test(character)) depth++;
    else if (/[)\]}]/.test(character)) {
      if (--depth < 0) return at;
    } else if ((character === ',' && depth === 0) || character === ';') return at;
  }
  return window.length;
}

/** Of those that are not told by `-p`. */
const OPTION_OF: ReadonlyMap<string, RegExp> = new Map([
  ['openssl', / -k +(?!\S*\.)/],
  ...['mosquitto_pub', 'mosquitto_sub', 'ipmitool', 'bteq', 'isql', 'sqlcmd', 'bcp', 'zip', 'unzip'].map(
    (tool) => [tool, / -P +/] as const,
  ),
  ['snmpget', / -[AX] +/],
  ['snmpwalk', / -[AX] +/],
  ['ssh-keygen', / -N +/],
  ['lftp', / -u +[\w.@-]{1,60},/],
  ['xfreerdp', / \/p:/],
  ['redis-cli', / -a +/],
  ['plink', / -pw +/],
  ['pscp', / -pw +/],
  ['ldapsearch', / -w +/],
  ['7z', / -p(?=\S)/],
]);
const BY_P = / -p ?(?=[^\s-])/;

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

/** Without the key that sends it off. */
function typed(text: string, from: number): readonly SecretSpan[] {
  return word(text, from).map(({ start, end }) => ({
    start,
    end: end - (/(?:\\[rn]){1,2}$/.exec(text.slice(Math.max(start, end - 4), end))?.[0].length ?? 0),
  }));
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
