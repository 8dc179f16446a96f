import { expect, test } from 'vitest';
import { modelId, parseModelChoice } from '../../../src/core/models/modelChoice.ts';

test.each([
  ['openai:gpt-5.5', { provider: 'openai', model: 'gpt-5.5' }],
  [' anthropic: claude-sonnet-5-5 ', { provider: 'anthropic', model: 'claude-sonnet-5-5' }],
  ['compatible:qwen3-coder:30b', { provider: 'compatible', model: 'qwen3-coder:30b' }],
  [' built-in ', 'built-in'],
])('%j is understood', (text, choice) => {
  expect(parseModelChoice(text)).toEqual(choice);
});

test.each(['', ':', 'openai', 'openai:', 'openai: ', ':gpt', 'acme:gpt', 'constructor:x', 'Built-In'])(
  '%j is not',
  (text) => {
    expect(parseModelChoice(text)).toBeUndefined();
  },
);

test('an id is read back', () => {
  const choice = { provider: 'compatible', model: 'a:b' } as const;
  expect(parseModelChoice(modelId(choice))).toEqual(choice);
});
