import { expect, test } from 'vitest';
import { fixedPolicy } from '../../../src/core/prompts/fixedPolicy.ts';
import { prompts } from '../../../src/core/prompts/promptRegistry.ts';

test('every default is one of the variants, which are numbered from 1', () => {
  for (const { id, variants, default: chosen } of Object.values(prompts)) {
    expect(variants.map(({ version }) => version)).toEqual(variants.map((_, index) => index + 1));
    expect(fixedPolicy().choose({ prompt: id })).toEqual({ prompt: { id, variant: chosen } });
  }
});

test('a pinned variant serves, in no trial', () => {
  expect(fixedPolicy({ 'chat.answer': 1 }).choose({ prompt: 'chat.answer' })).toEqual({
    prompt: { id: 'chat.answer', variant: 1 },
  });
});

test('a prompt or variant that does not exist is refused before anything is asked', () => {
  expect(() => fixedPolicy({ 'chat.answer': 9 })).toThrow('The prompt chat.answer has no variant 9.');
  expect(() => fixedPolicy().choose({ prompt: 'toString' })).toThrow('There is no prompt toString.');
});
