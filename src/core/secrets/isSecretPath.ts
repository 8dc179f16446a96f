/**
 * Files whose purpose is to hold credentials. They are never indexed, never read for an answer and never part of a
 * prompt, whatever ignore files say. The lists are narrow, as they cannot be overridden: a source file named `secrets.ts`
 * is source. docs/privacy.md repeats them for users; a test compares the two.
 */
const KEYS: readonly string[] = [
  '*.pem *.key *.p8 *.p12 *.pfx *.pkcs12 *.pvk *.jks *.jceks *.bks *.keystore *.kdbx *.kdb *.ppk *.ovpn *.keychain *.keychain-db',
  '*.pkcs8 *.agilekeychain *.opvault secring.* wallet.dat id_rsa id_dsa id_ecdsa id_ed25519 id_ecdsa_sk id_ed25519_sk ssh_host_*_key',
  'id_rsa.* id_dsa.* id_ecdsa.* id_ed25519.* id_rsa_* id_dsa_* id_ecdsa_* id_ed25519_* id_rsa-* id_dsa-* id_ecdsa-* id_ed25519-*',
  '.*_history .*-history .histfile .zhistory .lesshst .viminfo fish_history ConsoleHost_history.txt',
  // What browsers keep
  'cookies cookies.sqlite cookies.binarycookies key3.db key4.db cert9.db logins.json logins-backup.json signons.sqlite',
].flatMap((names) => names.split(' '));
const KEYS_WITH_BLANKS: readonly string[] = ['Login Data', 'Login Data For Account', 'Web Data'];

/** As above, but that a template of such a file, which says what has to be filled in, holds none. */
const VALUES: readonly string[] = [
  '.env .env.* .env-* .env_* *.env .envrc env.local env.*.local env.prod env.production env.staging .dev.vars .dev.vars.*',
  '.netrc _netrc .npmrc .pypirc .pgpass pgpass.conf .my.cnf .mylogin.cnf .git-credentials .gitcookies .htpasswd .dockercfg',
  '.dockerconfigjson .s3cfg .boto .passwd-s3fs .smbcredentials .curlrc .wgetrc .msmtprc .fetchmailrc .databrickscfg',
  '.authinfo .authinfo.* authinfo.gpg .esmtprc .ftpconfig .ftppass sftp-config.json recentservers.xml sitemanager.xml htpasswd',
  'keystore.properties key.properties signing.properties *.publishsettings *.tfplan .secret .secrets password.txt passwords.txt passwords.csv',
  'secret.txt secrets.txt secret.xml secrets.xml secrets.csv secret.properties secrets.properties secrets.conf secrets.cfg password.xml passwords.xml',
  'credentials.txt credentials.xml credentials.csv credentials.properties api_key.txt api-key.txt apikey.txt access_token.txt',
  '.muttrc muttrc .neomuttrc neomuttrc .mailrc .nailrc .mbsyncrc .offlineimaprc .getmailrc',
  'vault-token vault_pass vault-pass vault_password vault-password .vault-password',
  '.vault-token .vault_pass .vault-pass .vault_password .rhosts .terraformrc terraform.rc *.tfrc *.tfrc.json rclone.conf',
  '*.tfvars *.tfvars.json *.tfstate kubeconfig *.kubeconfig kubeconfig.* kubeconfig-* kubeconfig_* aws_credentials',
  'credentials credentials.toml credentials.ini credentials*.json credentials*.yaml credentials*.yml',
  '*-credentials.json *_credentials.json *.credentials.json *_credentials.csv *accessKeys.csv rootkey.csv',
  'secrets.json secrets.yaml secrets.yml secrets.toml secrets.ini',
  'client_secret*.json service-account*.json service_account*.json serviceAccount*.json *firebase-adminsdk*.json',
  'gha-creds-*.json application_default_credentials.json accessTokens.json azureProfile.json msal_token_cache*',
].flatMap((names) => names.split(' '));

export const SECRET_NAMES: readonly string[] = [...VALUES, ...KEYS, ...KEYS_WITH_BLANKS];

/** Folders in which everything is a credential, and files that are one only where they usually lie. */
export const SECRET_PLACES = [
  '.ssh/',
  '.gnupg/',
  '.aws/',
  '.kube/',
  '.password-store/',
  '.config/gcloud/',
  '.config/op/',
  '.config/hub',
  'gh/hosts.yml',
  'GitHub CLI/hosts.yml',
  'gcloud/legacy_credentials/',
  '.docker/config.json',
  '.local/share/keyrings/',
  'Library/Keychains/',
  '.gem/credentials',
  '.cargo/credentials.toml',
  '.composer/auth.json',
  '.m2/settings.xml',
  '.m2/settings-security.xml',
  '.subversion/auth/',
  'sops/age/keys.txt',
  '.config/doctl/',
  '.config/configstore/',
  '.vscode/sftp.json',
  '.netlify/config.json',
  '.fly/config.yml',
  'config/credentials/*.yml.enc',
  '.davfs2/secrets',
  '.electrum/wallets/',
  '.ethereum/keystore/',
  '.mozilla/firefox/',
] as const;

/** Folders of which everything is a credential when they, or something in them, is what was opened. */
export const SECRET_ROOTS = [
  '.docker/',
  '.azure/',
  '.config/gh/',
  'AppData/Roaming/gcloud/',
  'AppData/Roaming/GitHub CLI/',
  '.oci/',
  '.ibmcloud/',
  '.bluemix/',
  '.terraform.d/',
] as const;

/** Committed on purpose, to say which values there are. */
export const SECRET_TEMPLATES: readonly string[] = ['example', 'sample', 'template', 'dist', 'defaults'];

/** Added to the name of a copy that was set aside; what is a secret under one name is so under the other. */
export const COPY_ENDINGS: readonly string[] =
  'bak backup old orig original save saved copy tmp temp prev previous new disabled dec decrypted enc encrypted plain txt rej rpmsave rpmnew dpkg-old dpkg-dist'.split(
    ' ',
  );

/** Of files that people program or write in: `id_rsa_test.go` and `kubeconfig.md` are no keys. */
const CODE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|go|rs|java|kts?|rb|php|cs|fs|c|h|cc|cpp|hpp|swift|scala|sh|ps1|lua|pl|r|dart|ex|exs|html?|css|scss|md|mdx|rst|adoc|pub)$/;

/** A word of each pattern: a name with none of them is most names, and needs no second look. */
const HINT = new RegExp(SECRET_NAMES.map(longestWord).join('|'));
const KEY = whole([...KEYS, ...KEYS_WITH_BLANKS]);
const FILE = whole(SECRET_NAMES);
/** Of folders the plain words are most often packages of code: `src/credentials/`. */
const FOLDER = whole(SECRET_NAMES.filter((name) => /^[*.]|^id_/.test(name)));
const TEMPLATE_WORDS = SECRET_TEMPLATES.join('|');
const TEMPLATE = new RegExp(
  `[._-](?:${TEMPLATE_WORDS})(?:\\.(?:json|ya?ml|toml|ini|tfvars))?$|^(?:${TEMPLATE_WORDS})[.-]`,
);
/** As Windows names them for programs of old: `ENV~1`, `CREDEN~1.JSO`. */
const SHORT = new RegExp(
  `^(?:${[...new Set([...SECRET_NAMES, ...SECRET_PLACES.map(onlyFolder)].flatMap(shortName))].join('|')})$`,
);
const PLACE = inAnyFolder(SECRET_PLACES);
const ROOT = inAnyFolder(SECRET_ROOTS);

const BREAK = /[\r\n\u0085\u2028\u2029]/;

/** No disk allows longer names. */
const MAX_NAME = 255;

/**
 * Whether the file at this path holds credentials by its name or place, or that of a folder around it. A folder's path ends
 * with `/`. `folder` is the absolute path of the folder that it is relative to: who opens `~/.aws` has opened credentials.
 */
export function isSecretPath(path: string, folder = ''): boolean {
  const around = folder === '' ? '' : `${plain(folder)}/`;
  const whole = plain(path);
  if (PLACE.test(around + whole) || ROOT.test(around)) return true;
  if (HINT.test(whole) && isSecretIn(whole)) return true;
  if (/~\d/.test(whole) && whole.split('/').some((name) => SHORT.test(name))) return true;
  // A line break in a name may stand before, in or behind what the file is.
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return BREAK.test(name) && name.split(BREAK).some((part) => isSecretName(plain(part), FILE));
}

function isSecretIn(path: string): boolean {
  const names = path.split('/');
  const file = names.pop() ?? '';
  return isSecretName(file, FILE) || names.some((name) => isSecretName(name, FOLDER));
}

function isSecretName(name: string, kind: RegExp): boolean {
  if (name.length > MAX_NAME || !HINT.test(name)) return false;
  return namesOfOriginal(name).some((each) => {
    if (CODE.test(each) && !each.startsWith('.env.')) return false;
    return kind.test(each) && (KEY.test(each) || !TEMPLATE.test(each));
  });
}

/** As systems and people take it: without what cannot be seen, in plain letters and dots, with `/`, and in lower case. */
function plain(path: string): string {
  const seen = /^[ -~]*$/.test(path)
    ? path
    : path.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').replaceAll(/[^ -~]/gu, plainLetter);
  return seen.replaceAll('\\', '/').toLowerCase();
}

/** `．` as `.` and `é` as `e`; never longer, as names have a greatest length. */
function plainLetter(letter: string): string {
  const folded = letter.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return folded.length <= letter.length ? folded : letter;
}

const ENDINGS = COPY_ENDINGS.join('|');
/** What programs and people put around the name of a copy: each a way back to the name before. */
const COPY_MARKS: readonly (readonly [mark: RegExp, original: string])[] = [
  [/^(?:#(.+)#|\.#(.+)|\._(.+)|~\$(.+))$/s, '$1$2$3$4'],
  [/^\.(.+)\.sw[a-z]$/s, '$1'],
  [/^(.+)\.sw[a-z]$/s, '$1'],
  // In English, German, French, Spanish and Italian
  [/^(?:copy of |backup of |kopie von |copie de |copia de |copia di )(.+)$/s, '$1'],
  // A stream beside the file's own, in the names of Windows
  [/^([^:]+):.*$/s, '$1'],
  [/^(.+)-(?:wal|shm|journal)$/s, '$1'],
  // RCS
  [/^(.+),v$/s, '$1'],
  [/^(.*[^~])~+$/s, '$1'],
  [/^(.+)\.~\d+~$/s, '$1'],
  [new RegExp(`^(.+)[._-](?:${ENDINGS})$`, 's'), '$1'],
  [/^(.+)\.\d{1,2}$|^(.+)[._-]\d[\d_.t:-]{5,16}$/s, '$1$2'],
  [
    /^(.+?) ?\((?:\d{1,3}|(?:another |\d{1,3}(?:st|nd|rd|th) )?(?:copy|kopie|copie|copia)(?: \d{1,3})?)\)(\.[^. ]{1,20})?$/s,
    '$1$2',
  ],
  [new RegExp(`^(.+?)(?: -)? (?:copy|kopie|copie|copia)(?: \\d{1,3})?(\\.[^. ]{1,20})?$`, 's'), '$1$2'],
  [new RegExp(`^(.+)[._-](?:${ENDINGS})(\\.[^. ]{1,20})$`, 's'), '$1$2'],
  [/^(.*[^ .])[ .]+$/s, '$1'],
];

/** Nobody copies copies more often. */
const MAX_ORIGINALS = 24;

/** The name, and those that it had before each of the marks of a copy. */
function namesOfOriginal(name: string): readonly string[] {
  const names = new Set([name]);
  // What is added while it goes round is looked at as well; each is shorter than the one it comes from.
  for (const each of names) {
    for (const [mark, original] of COPY_MARKS) {
      const before = each.replace(mark, original);
      if (before !== each && names.size < MAX_ORIGINALS) names.add(before);
    }
  }
  return [...names];
}

/** The name of a folder in which everything is a credential wherever it lies; empty for other places. */
function onlyFolder(place: string): string {
  return place.indexOf('/') === place.length - 1 ? place.slice(0, -1) : '';
}

/** Six letters, a number and three letters of the ending: for names that are longer than eight, or begin with a dot. */
function shortName(pattern: string): readonly string[] {
  const [, dots = '', stem = '', ending = ''] =
    /^(\.*)(.*?)(?:\.([^.]*))?$/s.exec(pattern.toLowerCase()) ?? [];
  const name = stem.replaceAll(/[ .]/g, '');
  // A name that begins with anything is known by its ending, which is whole or is too common.
  if (name === '' || name.startsWith('*')) return [];
  if (dots === '' && ending.length < 4 && name.length < 9 && !/[ .*]/.test(stem)) return [];
  const [letters = ''] = name.split('*');
  const behind = ending === '' ? '' : `\\.${toSource(ending.slice(0, 3))}`;
  return [
    `${toSource(letters.slice(0, 6))}${letters.length < 6 && name.includes('*') ? '[^.~]*' : ''}~\\d{1,2}${behind}`,
  ];
}

function longestWord(pattern: string): string {
  const words = pattern.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

function whole(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.map(toSource).join('|')})$`, 's');
}

function inAnyFolder(places: readonly string[]): RegExp {
  const sources = places.map((place) => (place.endsWith('/') ? toSource(place) : `${toSource(place)}$`));
  return new RegExp(`(?:^|/)(?:${sources.join('|')})`);
}

function toSource(pattern: string): string {
  return pattern
    .toLowerCase()
    .replaceAll(/[.\\+^$()|[\]{}]/g, '\\$&')
    .replaceAll('*', '.*');
}
