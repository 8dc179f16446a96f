import { describe, expect, test } from 'vitest';
import { isPrivateHost, parseModelEndpoint } from '../../../src/core/models/modelEndpoint.ts';

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
    expect(parseModelEndpoint(text)).toEqual({ baseUrl, host });
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
  ])('%j is refused: %s', (text, problem) => {
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

describe('plain http may be spoken to', () => {
  test.each([
    'localhost',
    'ollama',
    'gpu.local',
    'host.docker.internal',
    'nas.home.arpa',
    'api.localhost',
    '127.0.0.1',
    '127.255.0.9',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.20',
    '169.254.10.1',
    '[::1]',
    '[fd12:3456::1]',
    '[fe80::1]',
  ])('%s', (host) => {
    expect(isPrivateHost(host)).toBe(true);
  });

  test.each([
    'example.com',
    'local.example.com',
    'notlocal.dev',
    '128.0.0.1',
    '11.0.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '169.253.0.1',
    '100.64.0.1',
    '0.0.0.0',
    '[2001:db8::1]',
    '[::ffff:808:808]',
    '[fec0::1]',
  ])('not %s', (host) => {
    expect(isPrivateHost(host)).toBe(false);
  });
});
