import { describe, expect, test } from 'vitest';
import { parseModelEndpoint } from '../../../src/core/models/modelEndpoint.ts';

describe('a base URL', () => {
  test.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1', 'api.openai.com'],
    [' https://api.openai.com/v1/ ', 'https://api.openai.com/v1', 'api.openai.com'],
    ['https://api.anthropic.com', 'https://api.anthropic.com', 'api.anthropic.com'],
    ['https://HOST.example:443//', 'https://host.example', 'host.example'],
    ['https://host.example/v1/chat/completions', 'https://host.example/v1', 'host.example'],
    ['https://host.example/v1/messages/', 'https://host.example/v1', 'host.example'],
    ['http://localhost:11434/v1', 'http://localhost:11434/v1', 'localhost:11434'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080/v1', '[::1]:8080'],
    ['http://0x7f.1/v1', 'http://127.0.0.1/v1', '127.0.0.1'],
  ])('%j is %s', (text, baseUrl, host) => {
    expect(parseModelEndpoint(text)).toEqual({ baseUrl, host, takesKeys: true });
  });

  test.each([
    ['', 'not-a-url'],
    ['api.openai.com/v1', 'not-a-url'],
    ['localhost:11434', 'not-a-url'],
    ['ftp://localhost/v1', 'not-a-url'],
    ['file:///etc/passwd', 'not-a-url'],
    ['https://user:secret@host.example/v1', 'credentials'],
    ['https://host.example/v1?key=secret', 'query'],
    ['https://host.example/v1#secret', 'query'],
    ['http://api.openai.com/v1', 'unencrypted'],
    ['http://8.8.8.8/v1', 'unencrypted'],
    ['http://localhost.example.com/v1', 'unencrypted'],
    ['http://127.0.0.1.example.com/v1', 'unencrypted'],
    ['http://ai', 'unencrypted'],
    ['http://gpu.local:8000/v1', 'unencrypted'],
    ['http://localhost@models.example.com/v1', 'credentials'],
    ['http://localhost:secret@models.example.com/v1', 'credentials'],
    ['https://@secret:@host.example/v1', 'credentials'],
  ])('attack: %j is refused: %s', (text, problem) => {
    let error: unknown;
    try {
      parseModelEndpoint(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'model-endpoint', problem });
    expect(String(error)).not.toContain('secret');
  });
});

describe('a key', () => {
  test.each([
    'https://api.openai.com/v1',
    'https://192.168.1.20/v1',
    'http://localhost:11434',
    'http://[::1]:8080',
    'http://[::ffff:127.0.0.1]',
    'http://127.1',
  ])('may go to %s', (text) => {
    expect(parseModelEndpoint(text).takesKeys).toBe(true);
  });

  test.each(['http://192.168.1.20', 'http://[fd12::1]/v1', 'http://169.254.1.1', 'http://[::ffff:10.0.0.1]'])(
    'attack: does not go to %s, where others could read it',
    (text) => {
      expect(parseModelEndpoint(text).takesKeys).toBe(false);
    },
  );
});

describe('plain http that the user allows', () => {
  test.each([
    'http://ai/v1',
    'http://GPU.local:80/v1',
    'http://gateway.example:8000',
    'http://10.0.0.1:8000',
  ])('is that of the hosts named: %s', (text) => {
    const plainHttp = ['ai', 'gpu.local', 'gateway.example:8000', '10.0.0.1:8000'];
    expect(parseModelEndpoint(text, { plainHttp }).takesKeys).toBe(true);
    expect(parseModelEndpoint(text, { plainHttp: true }).takesKeys).toBe(true);
  });

  test.each([
    'http://ai:8000',
    'http://gateway.example',
    'http://ai.example',
    'http://i',
    'http://gateway.example:80',
  ])('attack: is not that of %s', (text) => {
    expect(() => parseModelEndpoint(text, { plainHttp: ['ai', 'gateway.example:8000'] })).toThrow(
      /Use https/,
    );
  });
});
