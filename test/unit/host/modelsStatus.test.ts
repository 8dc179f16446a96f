import { describe, expect, it } from 'vitest';
import type { ModelSettings } from '../../../src/host/models/modelSettings.ts';
import { resolveModel } from '../../../src/host/models/modelStatus.ts';
import { modelLine } from '../../../src/host/models/modelText.ts';
import { english, modelSettings } from './modelsFixture.ts';

interface Situation {
  readonly isTrusted?: boolean;
  readonly key?: string | undefined;
}

async function resolved(settings: ModelSettings, { isTrusted = true, key = 'sk-1' }: Situation = {}) {
  const asked: string[] = [];
  const getKey = ({ provider, origin }: { provider: string; origin: string }) => {
    asked.push(`${provider} ${origin}`);
    return Promise.resolve(key === '' ? undefined : key);
  };
  const { status, access } = await resolveModel({ settings, isTrusted, getKey });
  return { status, access, asked, line: modelLine(status, english) };
}

describe('the model that answers', () => {
  it('is built in unless one is chosen; no key is looked at', async () => {
    const { access, asked, line } = await resolved(modelSettings('built-in'));
    expect(access).toBeUndefined();
    expect(asked).toEqual([]);
    expect(line).toBe('Built-in models: no key, no network.');
  });

  it('is the chosen one, with the key of its origin', async () => {
    const { access, asked, line } = await resolved(modelSettings(' openai:gpt-5.5 '));
    expect(access).toEqual({
      provider: 'openai',
      model: 'gpt-5.5',
      baseUrl: 'https://api.openai.com/v1',
      apiKey: 'sk-1',
    });
    expect(asked).toEqual(['openai https://api.openai.com']);
    expect(line).toBe('Chat: openai:gpt-5.5 at api.openai.com. Inline suggestions: built-in, no network.');
  });

  it('needs no key on a server of one’s own, but gets the one there is', async () => {
    const settings = modelSettings('compatible:qwen3-coder:30b');
    expect((await resolved(settings, { key: '' })).access).toEqual({
      provider: 'compatible',
      model: 'qwen3-coder:30b',
      baseUrl: 'http://localhost:11434/v1',
    });
    expect((await resolved(settings)).access?.apiKey).toBe('sk-1');
  });

  it.each<[string, ModelSettings, Situation, RegExp]>([
    [
      'no key',
      modelSettings('anthropic:claude'),
      { key: '' },
      /api\.anthropic\.com needs an API key\. Run .*Set Model Key/,
    ],
    ['no trust', modelSettings('openai:gpt'), { isTrusted: false }, /Restricted Mode/],
    ['no such provider', modelSettings('acme:best'), {}, /acme:best is chosen\. There is no such model/],
    ['no model', modelSettings('openai:'), {}, /There is no such model/],
    ['a name alone', modelSettings('gpt-5.5'), {}, /There is no such model/],
    ['a plain address', modelSettings('openai:gpt', { openai: 'http://api.example.com' }), {}, /Use https/],
    ['no address', modelSettings('openai:gpt', { openai: 'nonsense' }), {}, /not an http or https address/],
  ])('is built in, and the reason said, with %s', async (_, settings, situation, reason) => {
    const { status, access, line } = await resolved(settings, situation);
    expect(status.state).toBe('unusable');
    expect(access).toBeUndefined();
    expect(line).toMatch(/^Chat: built-in, although/);
    expect(line).toMatch(reason);
  });

  it.each(['http://192.168.1.20:8000/v1', 'http://[fd00::1]/v1', 'http://gpu.local/v1', 'http://ai'])(
    'attack: gets no key over the network in plain http, at %s',
    async (address) => {
      for (const provider of ['openai', 'compatible'] as const) {
        const settings = modelSettings(`${provider}:m`, { [provider]: address });
        const { status, access, line } = await resolved(settings);
        expect(status.state).toBe('unusable');
        expect(access).toBeUndefined();
        expect(line).toMatch(/plain http/);
      }
    },
  );

  it('may be asked in plain http where the user says so, and without a key on a private address', async () => {
    const settings = modelSettings('openai:m', { openai: 'http://gpu.local:8000/v1' });
    const allowed = { ...settings, plainHttpHosts: ['gpu.local:8000'] };
    expect((await resolved(allowed)).access).toMatchObject({ apiKey: 'sk-1', plainHttp: true });
    const own = modelSettings('compatible:m', { compatible: 'http://192.168.1.20/v1' });
    expect((await resolved(own, { key: '' })).status.state).toBe('ready');
  });

  it('asks for no key in an untrusted workspace', async () => {
    expect((await resolved(modelSettings('openai:gpt'), { isTrusted: false })).asked).toEqual([]);
  });
});
