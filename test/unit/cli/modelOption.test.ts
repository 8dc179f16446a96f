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

  test.each([
    'http://192.168.1.20:8000/v1',
    'http://10.0.0.1',
    'http://169.254.169.254',
    'http://[fd00::1]:8000/v1',
    'http://[::ffff:192.168.1.20]/v1',
    'http://ai/v1',
    'http://gpu.local/v1',
  ])('attack: no key leaves the machine in plain http, to %s', (baseUrl) => {
    for (const model of ['openai:gpt', 'anthropic:claude']) {
      expect(() => readModelOption({ model, baseUrl }, env)).toThrow(/plain http/);
      expect(() => readModelOption({ model, baseUrl }, env)).not.toThrow(/sk-/);
      expect(readModelOption({ model, baseUrl, plainHttp: true }, env)).toMatchObject({ plainHttp: true });
    }
  });

  test.each([
    ['X-Team: search', { 'X-Team': 'search' }],
    [' X-Team :search \n\nAuthorization: Basic a:b\r\n', { 'X-Team': 'search', Authorization: 'Basic a:b' }],
    ['X-Empty:', { 'X-Empty': '' }],
    ['  \n ', undefined],
  ])('sends the headers of TOUCHSTONE_HEADERS to a server that is named: %j', (text, headers) => {
    const option = { model: 'compatible:qwen', baseUrl: 'https://gateway.example/v1' };
    expect(readModelOption(option, { TOUCHSTONE_HEADERS: text })?.headers).toEqual(headers);
    const named = { ...env, TOUCHSTONE_HEADERS: text };
    expect(readModelOption({ model: 'openai:gpt' }, named)).not.toHaveProperty('headers');
  });

  test('attack: what is no header is refused without being repeated', () => {
    const option = { model: 'compatible:qwen', baseUrl: 'https://gateway.example/v1' };
    for (const text of ['hunter2', 'X Team: hunter2', ': hunter2']) {
      expect(() => readModelOption(option, { TOUCHSTONE_HEADERS: text })).toThrow(/name: value/);
      expect(() => readModelOption(option, { TOUCHSTONE_HEADERS: text })).not.toThrow(/hunter2/);
    }
  });

  test('goes to a private address without a key', () => {
    const option = { model: 'compatible:qwen', baseUrl: 'http://192.168.1.20:8000/v1' };
    expect(readModelOption(option, env)).toEqual({
      provider: 'compatible',
      model: 'qwen',
      baseUrl: 'http://192.168.1.20:8000/v1',
    });
  });

  test('--plain-http means an address', () => {
    expect(() => readModelOption({ model: 'openai:gpt', plainHttp: true }, env)).toThrow(
      /needs a --base-url/,
    );
  });
});
