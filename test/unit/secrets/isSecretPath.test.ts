import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  isSecretPath,
  SECRET_NAMES,
  SECRET_PLACES,
  SECRET_TEMPLATES,
} from '../../../src/core/secrets/isSecretPath.ts';

describe('holds credentials', () => {
  test.each(
    (
      '.env .env.local .ENV a/.env.production config/prod.env .envrc server.pem tls.key AuthKey.p8 id_rsa ' +
      'id_ed25519 store.jks .netrc .git-credentials .htpasswd credentials credentials.json k8s/secrets.yaml ' +
      'client_secret_12.apps.json service-account-prod.json terraform.tfstate .ssh/config .gnupg/ .aws/config ' +
      'home/.kube/config .docker/config.json C:\\Users\\me\\.ssh\\known_hosts'
    ).split(' '),
  )('%s', (path) => {
    expect(isSecretPath(path)).toBe(true);
  });
});

describe('holds none', () => {
  test.each(
    (
      'secrets.ts env.ts .env.example .env.local.example example.env .environment src/env/index.ts keys.ts ' +
      'id_rsa.pub pem package.json docker/config.json kube/config credentials.ts secretsManager.json .envoy.yaml ' +
      'monkey src/.sshd/a .npmrc'
    ).split(' '),
  )('%s', (path) => {
    expect(isSecretPath(path)).toBe(false);
  });
});

test('the privacy page names every pattern', () => {
  const page = readFileSync(new URL('../../../docs/privacy.md', import.meta.url), 'utf8');
  const named = new Set([...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, text = '']) => text.split(' ')));
  for (const pattern of [...SECRET_NAMES, ...SECRET_PLACES, ...SECRET_TEMPLATES]) {
    expect(named).toContain(pattern);
  }
});
