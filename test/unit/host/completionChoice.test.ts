import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelAccess } from '../../../src/core/models/modelChoice.ts';
import { CompletionChoice } from '../../../src/host/models/completionChoice.ts';

const hosted: ModelAccess = {
  provider: 'mistral',
  model: 'codestral-latest',
  baseUrl: 'https://api.mistral.ai/v1',
  apiKey: 'k',
};
const own: ModelAccess = { provider: 'compatible', model: 'qwen', baseUrl: 'http://localhost:11434/v1' };

let access: ModelAccess | undefined;
let agreed: string | undefined;
let answer: boolean;
let offers: { readonly model: string; readonly host: string }[];
let used: (string | undefined)[];
let fails: boolean;
let choice: CompletionChoice;

beforeEach(() => {
  access = undefined;
  agreed = undefined;
  answer = true;
  offers = [];
  used = [];
  fails = false;
  choice = new CompletionChoice({
    resolve: () =>
      fails
        ? Promise.reject(new Error('no keys'))
        : Promise.resolve({ status: { state: 'built-in' }, ...(access && { access }) }),
    onChange: () => ({ dispose: () => undefined }),
    agreed: {
      get: () => agreed,
      set: (value) => {
        agreed = value;
        return Promise.resolve();
      },
    },
    ask: (offer) => {
      offers.push(offer);
      return Promise.resolve(answer);
    },
    use: (model) => used.push(model?.model),
  });
});

describe('the model that completes', () => {
  it('is nobody unless one is chosen', async () => {
    await choice.update();
    expect(used).toEqual([]);
  });

  it('is used without asking on this machine', async () => {
    access = own;
    await choice.update();
    expect(used).toEqual(['qwen']);
    expect(offers).toEqual([]);
  });

  it('attack: gets nothing before somebody has agreed, and is used once somebody has, without asking again', async () => {
    access = hosted;
    answer = false;
    await choice.update();
    await choice.update();
    expect(used).toEqual([]);
    expect(offers).toEqual([{ model: 'mistral:codestral-latest', host: 'api.mistral.ai' }]);
    access = { ...hosted, model: 'codestral-2508' };
    answer = true;
    await choice.update();
    await choice.update();
    expect(used).toEqual(['codestral-2508']);
    expect(offers).toHaveLength(2);
  });

  it('attack: an agreement is for one address', async () => {
    access = hosted;
    await choice.update();
    answer = false;
    access = { ...hosted, baseUrl: 'https://elsewhere.example/v1' };
    await choice.update();
    expect(used).toEqual(['codestral-latest', undefined]);
    expect(offers).toHaveLength(2);
  });

  it('ends with the setting, and when keys cannot be read', async () => {
    access = own;
    await choice.update();
    access = undefined;
    await choice.update();
    access = own;
    await choice.update();
    fails = true;
    await choice.update();
    expect(used).toEqual(['qwen', undefined, 'qwen', undefined]);
  });
});
