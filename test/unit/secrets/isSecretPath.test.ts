import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  COPY_ENDINGS,
  isSecretPath,
  SECRET_NAMES,
  SECRET_PLACES,
  SECRET_ROOTS,
  SECRET_TEMPLATES,
} from '../../../src/core/secrets/isSecretPath.ts';

describe('holds credentials', () => {
  test.each(
    (
      '.env .env.local .ENV a/.env.production config/prod.env .envrc .env.js server.pem tls.key AuthKey.p8 id_rsa ' +
      'id_ed25519 store.jks .netrc .git-credentials .htpasswd credentials credentials.json k8s/secrets.yaml ' +
      'client_secret_12.apps.json service-account-prod.json terraform.tfstate .ssh/config .gnupg/ .aws/config ' +
      'home/.kube/config .docker/config.json C:\\Users\\me\\.ssh\\known_hosts .npmrc .pypirc .pgpass'
    ).split(' '),
  )('%s', (path) => {
    expect(isSecretPath(path)).toBe(true);
  });
});

describe('a secret by another name', () => {
  test.each([
    'id_rsa.bak',
    'id_rsa~',
    'id_rsa.old',
    'id_rsa.orig',
    'id_rsa,v',
    '.ssh/RCS/id_ed25519.old,v',
    '.env,v~',
    'id_rsa (1)',
    'ID_RSA.BAK',
    'Copy of id_rsa',
    'id_rsa - Copy',
    '#id_rsa#',
    '.#id_rsa',
    '.id_rsa.swp',
    'id_rsa-github',
    'id_ed25519_work',
    'server.pem.2026-11-30',
    'server.key.1',
    'server.pem.~1~',
    '.env.bak',
    '..env.swp',
    '.env~',
    '.env ',
    '.env.',
    'prod.tfvars',
    'prod.auto.tfvars',
    'prod.tfvars.json',
    'prod.tfvars.bak',
    'dev.tfstate',
    'terraform.tfstate.backup',
    'kubeconfig',
    'kubeconfig.yaml',
    'prod.kubeconfig',
    'kubeconfig-prod',
    '.kube/cache/token',
    '.bash_history',
    '.zsh_history',
    '.python_history',
    '.psql_history',
    '.node_repl_history',
    'ConsoleHost_history.txt',
    '.netrc.bak',
    '.npmrc.old',
    '.pgpass~',
    'credentials-prod.json',
    'credentials (1).json',
    'credentials copy 2.json',
    'credentials.bak.json',
    'aws-credentials.json',
    'credentials.txt',
    'release.keystore',
    'store.bks',
    '.config/gh/hosts.yml',
    'dotfiles/gh/hosts.yml',
    '.config/gcloud/access_tokens.db',
    'msal_token_cache.json',
    '.azure/accessTokens.json',
    'new\nline/.ssh\n/config',
    '.env\n',
    '\n.env',
    'notes\n.env',
    'id_rsa\r',
    '.e\nnv',
    'id_\u200brsa',
    '.env\u2028x',
    'env.local',
    'env.development.local',
    '．env',
    '．ssh／id',
    '.ｅnv',
    '․env․local',
    '.e\u0301nv',
    '.env::$DATA',
    '.env:Zone.Identifier',
    'id_rsa::$DATA',
    '.ENV.Local/',
    '.ENV.Local/settings.json',
    'store.jks/x',
    'id_rsa/1',
    'work.keychain/x',
    '.secrets/token',
    'wallet.dat',
    'Login Data',
    'login data-journal',
    'Cookies',
    'cookies.sqlite',
    'cookies.sqlite-wal',
    'key4.db',
    'logins.json',
    '.git-credentials~',
    '.netrc.swp',
    '#.env#',
    '.env (copy)',
    '.env (another copy)',
    '.env (3rd copy)',
    '.env - Copy',
    '.env - Copy (2)',
    '.env - Kopie',
    'Kopie von .env',
    '.env.swp',
    'secrets.yml.dec',
    'secrets.dec.yaml',
    'vault-pass.txt',
    '.pypirc.save',
    'putty.ppk',
    'safe.kdbx',
    'work.ovpn',
    'keystore.properties',
    '.env-prod',
    '.dev.vars',
    'passwords.txt',
    '.authinfo.gpg',
    'etc/ssh_host_ed25519_key',
    '.vscode/sftp.json',
    '.config/sops/age/keys.txt',
    'secret.txt',
    'secrets.xml',
    'Credentials.xml',
    'api_key.txt',
    '.muttrc',
    '.mailrc',
    'config/credentials.yml.enc',
    'config/credentials/production.yml.enc',
    'config/master.key',
    '.env.production.enc',
    '.davfs2/secrets',
    'ENV~1',
    'ENV~1.LOC',
    'CREDEN~2.JSO',
    'NPMRC~1',
    'SECRET~1.YAM',
    'ID_ED2~1',
    'GIT-CR~1',
    'KUBECO~1',
    'SSH~1/config',
  ])('attack: %j', (path) => {
    expect(isSecretPath(path)).toBe(true);
    expect(isSecretPath(`deep/folder/${path}`)).toBe(true);
  });
});

describe('a folder of secrets that is opened as such', () => {
  test.each([
    '/home/me/.ssh',
    '/home/me/.ssh/',
    '/home/me/.ssh/old',
    '/home/me/.SSH',
    '/home/me/.aws',
    '/home/me/.kube',
    '/home/me/.gnupg',
    '/home/me/.docker',
    '/home/me/.config/gcloud',
    '/home/me/.config/gcloud/configurations',
    '/home/me/.config/gh',
    '/home/me/.azure',
    '/home/me/.oci',
    '/home/me/.password-store',
    'C:\\Users\\me\\.ssh',
    'C:\\Users\\me\\AppData\\Roaming\\gcloud',
    'C:\\Users\\me\\AppData\\Roaming\\GitHub CLI',
  ])('attack: %s', (folder) => {
    expect(isSecretPath('config', folder)).toBe(true);
    expect(isSecretPath('a/b.txt', folder)).toBe(true);
    expect(isSecretPath('a/', folder)).toBe(true);
  });

  test('the folder around it holds what else is in it', () => {
    expect(isSecretPath('gh/hosts.yml', '/home/me/.config')).toBe(true);
    expect(isSecretPath('nvim/init.lua', '/home/me/.config')).toBe(false);
    expect(isSecretPath('src/a.ts', '/home/me/project')).toBe(false);
  });
});

describe('holds none', () => {
  test.each(
    (
      'secrets.ts env.ts .env.example .env.local.example example.env .environment src/env/index.ts keys.ts ' +
      'id_rsa.pub pem package.json docker/config.json kube/config credentials.ts secretsManager.json .envoy.yaml ' +
      'monkey src/.sshd/a src/credentials.ts credentials.go CredentialsProvider.java inventory/hosts.yml hosts.yml ' +
      'terraform.tfvars.example example.tfvars credentials.example.json credentials.json.example secrets.sample.yaml ' +
      'variables.tf id_rsa_test.go kubeconfig.go kubeconfig_test.go kubeconfig.md history.ts bash_history.md ' +
      'docs/.azure/pipelines.yml .docker/Dockerfile .azure/azure-pipelines.yml keystore.ts tokens.json notes.bak main.c.orig ' +
      'environment.md secret_manager.py env.py env.example env.local.example .env_example src/credentials/store.ts src/secrets/a.json ' +
      'gradle.properties local.properties cookies.ts src/cookies/jar.ts wallet.go LoginData.java key.ts WebData.cs café.md auth.json ' +
      'passwords.test.ts web/data.json a:b.ts'
    ).split(' '),
  )('%s', (path) => {
    expect(isSecretPath(path)).toBe(false);
  });
});

test('nothing else is a copy, however often it is marked as one, or however long', () => {
  const name = `credential${'.bak.old'.repeat(30)}`;
  expect(isSecretPath(name)).toBe(false);
  expect(isSecretPath('x'.repeat(600_000))).toBe(false);
});

test('the privacy page names every pattern', () => {
  const page = readFileSync(new URL('../../../docs/privacy.md', import.meta.url), 'utf8');
  const spans = [...page.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
  const named = new Set(spans.flatMap((text) => [text, ...text.split(' ')]));
  for (const pattern of [
    ...SECRET_NAMES,
    ...SECRET_PLACES,
    ...SECRET_ROOTS,
    ...SECRET_TEMPLATES,
    ...COPY_ENDINGS,
  ]) {
    expect(named).toContain(pattern);
  }
});
