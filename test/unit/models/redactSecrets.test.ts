import { describe, expect, test } from 'vitest';
import { redactSecrets } from '../../../src/core/models/redactSecrets.ts';

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

  test.each([
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
