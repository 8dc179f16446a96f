import { expect, test } from 'vitest';
import { redactFill } from '../../../src/core/models/redactRequest.ts';

const request = { path: 'src/a.ts', prefix: 'KEY', suffix: 'KEY', context: [], maxOutputTokens: 8 };
const redact = (text: string) => text.replaceAll('KEY', '[secret]');

test('all text of a request is redacted, and files for credentials are no context', () => {
  const context = ['b.ts', '.env', 'tls/x.pem'].map((path) => ({ path, text: `KEY in ${path}` }));
  expect(redactFill({ ...request, context }, redact)).toMatchObject({
    prefix: '[secret]',
    suffix: '[secret]',
    context: [{ path: 'b.ts', text: '[secret] in b.ts' }],
  });
});

test('a file for credentials is never continued by a model', () => {
  expect(() => redactFill({ ...request, path: 'deploy/.env.local' }, redact)).toThrow('never reads or sends');
});
