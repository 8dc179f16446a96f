/**
 * Files whose purpose is to hold credentials. They are never indexed, never read for an answer and never part of a
 * prompt, whatever ignore files say. The list is narrow, as it cannot be overridden: a source file named `secrets.ts`
 * is source. docs/privacy.md repeats it for users; a test compares the two.
 */
export const SECRET_NAMES: readonly string[] = [
  '.env .env.* *.env .envrc',
  '*.pem *.key *.p8 *.p12 *.pfx *.jks *.keystore *.kdbx *.ppk',
  'id_rsa id_dsa id_ecdsa id_ed25519 id_ecdsa_sk id_ed25519_sk',
  '.netrc _netrc .pypirc .pgpass .my.cnf .git-credentials .htpasswd .dockercfg .s3cfg .boto .vault-token',
  'credentials credentials.json credentials.yaml credentials.yml credentials.toml credentials.ini',
  'secrets.json secrets.yaml secrets.yml secrets.toml secrets.ini',
  'client_secret*.json service-account*.json service_account*.json application_default_credentials.json',
  'terraform.tfstate terraform.tfstate.backup',
].flatMap((names) => names.split(' '));

/** Folders in which everything is a credential, and files that are one only where they usually lie. */
export const SECRET_PLACES = ['.ssh/', '.gnupg/', '.aws/', '.kube/config', '.docker/config.json'] as const;

/** Committed on purpose, to say which variables there are. */
export const SECRET_TEMPLATES: readonly string[] = ['example', 'sample', 'template', 'dist', 'defaults'];

const NAME = new RegExp(`^(?:${SECRET_NAMES.map(toSource).join('|')})$`, 'i');
const TEMPLATE = new RegExp(
  `^(?:\\.env\\.(?:.+\\.)?(?:${SECRET_TEMPLATES.join('|')})|(?:${SECRET_TEMPLATES.join('|')})\\.env)$`,
  'i',
);
const PLACE = new RegExp(
  `(?:^|/)(?:${SECRET_PLACES.map((place) => (place.endsWith('/') ? toSource(place) : `${toSource(place)}$`)).join('|')})`,
  'i',
);

/** Whether the file at this path holds credentials by its name or place. A folder's path ends with `/`. */
export function isSecretPath(path: string): boolean {
  const slashed = path.replaceAll('\\', '/');
  if (PLACE.test(slashed)) return true;
  const name = slashed.slice(slashed.lastIndexOf('/') + 1);
  return NAME.test(name) && !TEMPLATE.test(name);
}

function toSource(pattern: string): string {
  return pattern.replaceAll(/[.\\+^$()|[\]{}]/g, '\\$&').replaceAll('*', '.*');
}
