import { describe, expect, it } from 'vitest';
import { parseModelEndpoint } from '../../../src/core/models/modelEndpoint.ts';
import { keyProblem } from '../../../src/host/models/keyProblem.ts';
import { keyOwner, KeyStore } from '../../../src/host/models/keyStore.ts';
import { english, MemorySecrets } from './modelsFixture.ts';

const at = (url: string) => keyOwner('openai', parseModelEndpoint(url));

describe('a key', () => {
  it('is kept for the origin it was entered for, whatever the path', async () => {
    const keys = new KeyStore(new MemorySecrets());
    await keys.set(at('https://api.openai.com/v1'), '  sk-1 ');
    expect(await keys.get(at('https://api.openai.com/v2/'))).toBe('sk-1');
  });

  it.each([
    'https://evil.example/v1',
    'https://api.openai.com.evil.example/v1',
    'https://api.openai.com:8443/v1',
    'http://localhost/v1',
  ])('is not there for %s', async (url) => {
    const keys = new KeyStore(new MemorySecrets());
    await keys.set(at('https://api.openai.com/v1'), 'sk-1');
    expect(await keys.get(at(url))).toBeUndefined();
  });

  it('of one provider is not that of another at the same origin', async () => {
    const keys = new KeyStore(new MemorySecrets());
    const endpoint = parseModelEndpoint('https://gateway.example/v1');
    await keys.set(keyOwner('openai', endpoint), 'sk-1');
    expect(await keys.get(keyOwner('anthropic', endpoint))).toBeUndefined();
  });

  it('can be found and cleared when its address is configured no more', async () => {
    const secrets = new MemorySecrets();
    const keys = new KeyStore(secrets);
    await keys.set(at('https://old.example/v1'), 'sk-1');
    await secrets.store('something else', 'x');
    const owners = await keys.owners();
    expect(owners).toEqual([{ provider: 'openai', origin: 'https://old.example' }]);
    for (const owner of owners) await keys.clear(owner);
    expect([...secrets.stored.keys()]).toEqual(['something else']);
  });

  it('is never part of the name it is stored under', async () => {
    const secrets = new MemorySecrets();
    await new KeyStore(secrets).set(at('https://api.openai.com/v1'), 'sk-secret');
    expect([...secrets.stored.keys()].join()).not.toContain('sk-secret');
  });
});

describe('what is typed as a key', () => {
  it('may be anything that a header can hold', () => {
    expect(keyProblem(' sk-proj-Ab_1.2~ ', english)).toBeUndefined();
  });

  it.each(['', '  ', 'two words', 'schlüssel', 'a\nb', 'https://api.openai.com'])(
    'is refused: %j',
    (text) => {
      expect(keyProblem(text, english)).toMatch(/\.$/);
    },
  );
});
