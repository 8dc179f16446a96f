import { describe, expect, test } from 'vitest';
import { readModelOption } from '../../../src/cli/modelOption.ts';

const env = { OPENAI_API_KEY: 'sk-openai', ANTHROPIC_API_KEY: ' sk-anthropic ' };

describe('--model', () => {
  test('is built in unless given', () => {
    expect(readModelOption({}, env)).toBeUndefined();
    expect(readModelOption({ model: 'built-in' }, env)).toBeUndefined();
  });

  test('takes the key of its provider from the environment', () => {
    expect(readModelOption({ model: 'openai:gpt' }, env)).toMatchObject({ apiKey: 'sk-openai' });
    expect(readModelOption({ model: 'anthropic:claude' }, env)).toEqual({
      provider: 'anthropic',
      model: 'claude',
      baseUrl: 'https://api.anthropic.com',
      apiKey: 'sk-anthropic',
    });
  });

  test('sends no other provider’s key to a server of one’s own', () => {
    const access = readModelOption(
      { model: 'compatible:qwen3-coder:30b', baseUrl: 'http://localhost:9/v1' },
      env,
    );
    expect(access).toEqual({
      provider: 'compatible',
      model: 'qwen3-coder:30b',
      baseUrl: 'http://localhost:9/v1',
    });
  });

  test.each([
    ['a name without a provider', { model: 'gpt' }, /Unknown model 'gpt'/],
    ['a provider without a name', { model: 'openai:' }, /Unknown model/],
    ['an address without a model', { baseUrl: 'http://localhost:9' }, /--base-url needs/],
    ['a missing key', { model: 'openai:gpt' }, /Set the environment variable OPENAI_API_KEY/],
  ])('refuses %s', (_, option, message) => {
    expect(() => readModelOption(option, {})).toThrow(message);
  });
});
