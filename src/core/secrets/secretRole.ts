import { wordSet } from '../text/wordSet.ts';

/**
 * How sure a name is that what it is given is a secret: whatever it is (`strong`), what is long or has digits in it (`fair`),
 * what looks random (`weak`, as a token is often a word of a parser). `many` is a list of strong ones; of a `header`, a scheme
 * such as `Bearer` stands before it.
 */
export type SecretRole = 'strong' | 'fair' | 'weak' | 'many' | 'header';

const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g;

/** What may stand behind the noun that counts: `PASSWORD_PROD`, `apiKey2`, `secretValue`. */
const QUALIFIERS = wordSet(
  'value plain text plaintext prod production staging stage dev development test testing live main primary secondary old new ' +
    'current default admin user root db raw base base64 b ci ro rw local remote backup env var override str string literal confirmation confirm again repeat retype',
);
/** A name that begins so is of a question, a step or a page: `showPassword`, `resetPassword`. */
const NO_VALUE = wordSet(
  'is rotate has no not show hide reset forgot forget forgotten change invalid wrong missing allow allows use validate verify check ' +
    'generate get find read load fetch lookup remove delete prompt ask describe create parse hash encrypt decrypt ' +
    'compare toggle enable disable requires needs on can should max min label enter',
);
const PASS_OWNERS = wordSet(
  'db database user admin root smtp mail email ftp sftp mysql pg postgres redis mongo proxy my store key http auth login ssh sudo wifi svc service api app rabbitmq ldap sa imap default become ssh ansible keystore truststore enable router cert pem p12 jdbc datasource mariadb mssql oracle sudo bot github gitlab jira jenkins nexus artifactory sonar docker registry repo repository deploy host server client account jwt token master slave replica backup bind connection conn web site wp joomla magento cms remote local prod test dev stage',
);
const KEY_OWNERS = wordSet(
  'api access account secret private signing sign encryption shared storage master auth license service deploy hmac jwt app ' +
    'consumer subscription admin write crypto crypt aes security server integration webhook pre cookie session registration',
);
const TOKEN_OWNERS = wordSet(
  'auth access api refresh bearer bot deploy private npm github gitlab gh slack session push vault webhook personal oauth user admin service sonar ci publish registry secret app verification',
);
const CREDENTIAL_OWNERS = wordSet('bind security ldap');
const STRONG = /(?:passwo?r?d|passphrase|passwort|kennwort|pwd|secret|passcode|passwd)$/;
const STRONG_PASS =
  /^(?:db|user|admin|root|store|key|ssh|smtp|mail|my|bind|require|ftp|pg|sa|svc)(?:pass|pw)$/;
const KEY = /(?:api|access|secret|private|auth|master|app|account|encryption|signing|shared)key$/;

const BY_NOUN: ReadonlyMap<string, SecretRole> = new Map([
  ['psk', 'strong'],
  ['pw', 'strong'],
  ['masterauth', 'strong'],
  ['passwords', 'many'],
  ['secrets', 'many'],
  ['passphrases', 'many'],
  ['authorization', 'header'],
  ['salt', 'fair'],
  ['auth', 'weak'],
  ['sig', 'weak'],
  ['otp', 'weak'],
]);

/**
 * What a value of this name is, or nothing when names like it hold no secrets. The last noun decides; `outer` is what the name
 * is a part of, as `api.` of `api.key`.
 */
export function secretRole(name: string, outer: string): SecretRole | undefined {
  const words = (name.match(WORD) ?? []).map((word) => word.toLowerCase());
  if (words.length > 1 && NO_VALUE.has(words[0] ?? '')) return undefined;
  while (words.length > 1 && isQualifier(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1) ?? '';
  const owner = words.at(-2) ?? ownerIn(outer);
  if (STRONG.test(last) || STRONG_PASS.test(last)) return 'strong';
  return KEY.test(last) ? 'fair' : (BY_NOUN.get(last) ?? byOwner(last, owner));
}

function isQualifier(word: string): boolean {
  return QUALIFIERS.has(word) || /^\d/.test(word);
}

function ownerIn(outer: string): string {
  return /(\w{1,20})[./:]$/.exec(outer.slice(-21))?.[1]?.toLowerCase() ?? '';
}

/** Of nouns that are secrets of some owners only. */
function byOwner(noun: string, owner: string): SecretRole | undefined {
  switch (noun) {
    case 'pass':
      return PASS_OWNERS.has(owner) ? 'strong' : owner === '' ? 'fair' : 'weak';
    case 'word':
      return owner === 'pass' ? 'strong' : undefined;
    case 'credential':
    case 'credentials':
      return CREDENTIAL_OWNERS.has(owner) ? 'fair' : 'weak';
    case 'key':
      return KEY_OWNERS.has(owner) ? 'fair' : undefined;
    case 'token':
    case 'pat':
      return TOKEN_OWNERS.has(owner) ? 'fair' : 'weak';
    default:
      return noun.endsWith('token') ? 'fair' : undefined;
  }
}
