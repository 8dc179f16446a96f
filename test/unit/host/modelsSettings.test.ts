import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readModelSettings } from '../../../src/host/models/modelSettings.ts';
import { resolveModel } from '../../../src/host/models/modelStatus.ts';

const { values, ofWorkspace } = vi.hoisted(() => ({
  values: new Map<string, unknown>(),
  ofWorkspace: new Map<string, unknown>(),
}));
vi.mock('vscode', () => ({
  workspace: {
    getConfiguration: () => ({
      inspect: (name: string) => ({ globalValue: values.get(name), workspaceValue: ofWorkspace.get(name) }),
    }),
  },
}));

beforeEach(() => {
  values.clear();
  ofWorkspace.clear();
  values.set('touchstone.models.chat', 'openai:gpt');
});

async function access() {
  const settings = readModelSettings();
  return (await resolveModel({ settings, isTrusted: true, getKey: () => Promise.resolve('sk-1') })).access;
}

describe('what the settings say of the way to a model', () => {
  it('sends headers along to their host alone', async () => {
    values.set('touchstone.models.headers', {
      ' API.openai.com ': { 'X-Team': 'search', 'X-Count': 7 },
      'api.anthropic.com': { 'X-Team': 'other' },
    });
    expect((await access())?.headers).toEqual({ 'X-Team': 'search' });
    values.set('touchstone.models.chat', 'gemini:pro');
    expect(await access()).not.toHaveProperty('headers');
  });

  it.each([
    ['http://proxy.example:3128', ['intern.example', 7], { except: ['intern.example'] }],
    [' https://proxy.example ', undefined, { url: 'https://proxy.example', except: [] }],
    ['HTTP://user:word@proxy.example:1', 'all', { url: 'HTTP://user:word@proxy.example:1', except: [] }],
  ])('goes through the editor’s own proxy: %s, but for %j', async (proxy, noProxy, expected) => {
    values.set('http.proxy', proxy);
    values.set('http.noProxy', noProxy);
    expect((await access())?.proxy).toEqual({ url: proxy.trim(), ...expected });
  });

  it.each(['', '  ', 'socks5://proxy.example', 'proxy.example', 'http://', 7, null, undefined])(
    'goes by the environment without one that speaks http: %j',
    async (proxy) => {
      values.set('http.proxy', proxy);
      expect(await access()).not.toHaveProperty('proxy');
    },
  );

  it('attack: a workspace decides on neither', async () => {
    ofWorkspace.set('http.proxy', 'http://evil.example');
    ofWorkspace.set('touchstone.models.headers', { 'api.openai.com': { 'X-Team': 'evil' } });
    expect(await access()).toEqual({
      provider: 'openai',
      model: 'gpt',
      baseUrl: 'https://api.openai.com/v1',
      apiKey: 'sk-1',
    });
  });
});
