import { describe, expect, test } from 'vitest';
import { redactSecrets } from '../../../src/core/secrets/redactSecrets.ts';

const pem = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEow', 'IBAAKC', '-----END RSA PRIVATE KEY-----'].join(
  '\n',
);

describe('what leaves the machine', () => {
  test.each([
    ['an OpenAI key', 'key: sk-proj-abcdefghijklmnop', 'key: [secret]'],
    ['a GitHub token in a URL', 'https://ghp_abcdefghijklmnop1234@github.com', 'https://[secret]@github.com'],
    ['an AWS key id', 'AKIAIOSFODNN7EXAMPLE!', '[secret]!'],
    [
      'a value that says what it is',
      `const dbPassword = "hunter2hunter2";`,
      `const dbPassword = "[secret]";`,
    ],
    ['the same in JSON', `{"api_key": "0123456789abcdef", "a": 1}`, `{"api_key": "[secret]", "a": 1}`],
    ['a line of settings', 'A=1\nSTRIPE_SECRET=abcdef123456\nB=2', 'A=1\nSTRIPE_SECRET=[secret]\nB=2'],
    [
      'a private key',
      `a\n${pem}\nb`,
      'a\n-----BEGIN RSA PRIVATE KEY-----\n[secret]\n-----END RSA PRIVATE KEY-----\nb',
    ],
  ])('holds no secret: %s', (_, text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });

  /** Made up; in pieces, so that nobody's scanner takes them for keys. */
  const planted: readonly (readonly [string, string, string, string])[] = [
    ['a GitHub token of an app', '', ['ghs', 'A1b2C3d4E5f6G7h8I9j0K1l2'].join('_'), ''],
    ['a GitLab token', 'x = ', ['glpat', 'A1b2C3d4E5f6G7h8I9j0'].join('-'), ''],
    ['a token of a registry', '//registry.npmjs.org/:_authToken=', '3f2504e0-4f89-41d3-9a0c', ''],
    ['a Slack app', '', ['xapp', '1-A0123456789-0123456789-abcdef'].join('-'), ''],
    ['a Stripe test key', '', ['sk', 'test', 'A1b2C3d4E5f6G7h8'].join('_'), ''],
    ['the password in an address', 'postgres://app:', 'kjh2345kjh', '@db.example.com/app'],
    ['a header', 'Authorization: Bearer ', 'A1b2C3d4E5f6G7h8I9j0', ''],
    ['a connection string', 'Server=x;User Id=sa;Password=', 'P4ssw0rd!x', ';Encrypt=true'],
    ['YAML without quotes', '  password: ', 'Sup3rS3cretPw', ''],
    ['a password in lower case', 'db_password=', 'kjh2345kjh', ''],
    ['a token of a web service', '', ['SG', 'A1b2C3d4E5f6G7h8', 'A1b2C3d4E5f6G7h8'].join('.'), ''],
    ['a bot', '', ['123456789', 'AAE1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p'].join(':'), ''],
  ];

  test.each(planted)('finds %s', (_, before, secret, after) => {
    expect(redactSecrets(`a\n${before}${secret}${after}\nb`)).toBe(`a\n${before}[secret]${after}\nb`);
  });

  test.each([
    ['RELEASE_STORE_PASSWORD=', ''],
    ['storePassword=', ''],
    ['RELEASE_KEY_PASSWORD = ', ' # of the release'],
    ['signing.password: ', ''],
    ['systemProp.http.proxyPassword=', ''],
    ['storePassword "', '"'],
    ["    keyPassword = '", "'"],
    ['storePassword = "', '"'],
  ])('attack: a value with a blank behind %j is masked as a whole', (before, after) => {
    const text = (value: string) => `keyAlias=upload\n${before}${value}${after}\nversion=1\n`;
    expect(redactSecrets(text('Tide9 horse!42'))).toBe(text('[secret]'));
  });

  test.each([
    'PASSWORD=[secret] ./run --fast\nX=1\n',
    'export DB_PASSWORD=[secret] && make\n',
    'a: 1\npassword: Must have 8 letters\nb: 2\n',
    'a=1\npasswordAlgorithm=SHA512 base64\nb=2\n',
  ])('a command or a sentence behind such a name stays: %j', (text) => {
    expect(redactSecrets(text.replace('[secret]', 'Tide9horse'))).toBe(text);
  });

  test('a private key that the excerpt cuts off, at either end', () => {
    const line = 'A1b2C3d4'.repeat(8);
    const begin = `-----BEGIN EC PRIVATE KEY-----`;
    const end = `-----END EC PRIVATE KEY-----`;
    expect(redactSecrets(`${begin}\n${line}\n${line}\n\nWhat is this?`)).not.toContain('A1b2');
    expect(redactSecrets(`${begin}\n${line}\n\nWhat is this?`)).toContain('What is this?');
    expect(redactSecrets(`${line}\n${line}\n${end}\nnext();`)).toBe(`[secret]\n${end}\nnext();`);
  });

  test.each([
    'process.env.npm_config_registry',
    'options.auth.password = options.pass;',
    'const url = `https://${user}:${password}@${host}`;',
    'password: string,',
    '  token: sha256Hash',
    'class="sk-circle-fade-dot sk-folding-cube-wrapper"',
    'secret = compute_secret(name)',
    'const token = readToken();',
    'password: "Enter your password here"',
    'tokenCounter = "estimate"',
    'git show 6d06d5e4f1a2b3c4d5e6f708192a3b4c5d6e7f80',
    'import { secretText } from "./secretText.ts";',
    'if (secret === undefined) throw new Error("secret missing");',
  ])('is otherwise as it was: %s', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });
});
