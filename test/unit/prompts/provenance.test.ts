import { expect, test } from 'vitest';
import { promptName, settingsDigest } from '../../../src/core/shared/provenance.ts';

test('a digest stands for names and values, in whatever order they are named', () => {
  const digest = settingsDigest({ a: 1, b: 'x' });
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
  expect(settingsDigest({ b: 'x', a: 1 })).toBe(digest);
  for (const other of [{}, { a: 1 }, { a: 2, b: 'x' }, { a: '1', b: 'x' }, { a: true, b: 'x' }]) {
    expect(settingsDigest(other)).not.toBe(digest);
  }
  // FNV-1a of 64 bits, http://www.isthe.com/chongo/tech/comp/fnv/: of `[]`.
  expect(settingsDigest({})).toBe('09612b07b5ecb5a5');
});

test('a wording is named by prompt and variant', () => {
  expect(promptName({ id: 'chat.answer', variant: 2 })).toBe('chat.answer@2');
});
