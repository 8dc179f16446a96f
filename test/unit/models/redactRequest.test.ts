import { expect, test } from 'vitest';
import { textMessage } from '../../../src/core/ports/models.ts';
import { redactChat, redactFill } from '../../../src/core/models/redactRequest.ts';

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

test('whatever a message is made of is redacted: texts, inputs of tools at any depth, and results', () => {
  const redacted = redactChat(
    {
      maxOutputTokens: 8,
      messages: [
        textMessage('system', 'a KEY'),
        {
          role: 'assistant',
          parts: [
            { type: 'text', text: 'b KEY' },
            {
              type: 'tool-use',
              id: '1',
              name: 'write',
              input: { KEY: ['c KEY', { deep: 'd KEY' }, 7, null], flag: true },
            },
          ],
        },
        {
          role: 'user',
          parts: [
            { type: 'tool-result', id: '1', text: 'e KEY', isError: true },
            { type: 'text', text: 'f KEY' },
          ],
        },
      ],
    },
    redact,
  );
  expect(redacted.messages).toEqual([
    textMessage('system', 'a [secret]'),
    {
      role: 'assistant',
      parts: [
        { type: 'text', text: 'b [secret]' },
        {
          type: 'tool-use',
          id: '1',
          name: 'write',
          input: { KEY: ['c [secret]', { deep: 'd [secret]' }, 7, null], flag: true },
        },
      ],
    },
    {
      role: 'user',
      parts: [
        { type: 'tool-result', id: '1', text: 'e [secret]', isError: true },
        { type: 'text', text: 'f [secret]' },
      ],
    },
  ]);
});
