import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAnthropicChatModel } from '../../../src/adapters/anthropic/anthropicChatModel.ts';
import { createOpenaiChatModel } from '../../../src/adapters/openai/openaiChatModel.ts';
import { openaiProfileOf } from '../../../src/adapters/openai/openaiProfile.ts';
import { parseModelEndpoint } from '../../../src/core/models/modelEndpoint.ts';
import type { ChatModel } from '../../../src/core/ports/models.ts';
import { ModelServer } from '../../support/modelServer.ts';
import { collect, question } from './providers.ts';

let server: ModelServer;

beforeEach(async () => {
  server = await ModelServer.start();
  server.answer(({ response }) => {
    response.writeHead(418).end('{}');
  });
});

afterEach(() => server.close());

async function sent(model: ChatModel, request = question) {
  await collect(model.stream(request, new AbortController().signal));
  const [exchange] = server.exchanges;
  return { path: exchange?.path, body: exchange?.body };
}

const at = (path: string) => ({ endpoint: parseModelEndpoint(server.url + path), model: 'model-1' });
const detailed = { ...question, temperature: 0.2, stop: ['END'] };

describe('a request to an OpenAI-compatible server', () => {
  test('has what the request asks for', async () => {
    expect(await sent(createOpenaiChatModel(at('/v1')), detailed)).toEqual({
      path: '/v1/chat/completions',
      body: {
        model: 'model-1',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'What is this?' },
        ],
        max_tokens: 100,
        temperature: 0.2,
        stop: ['END'],
        stream: true,
        stream_options: { include_usage: true },
      },
    });
  });

  test('leaves out what is left open', async () => {
    const { body } = await sent(createOpenaiChatModel(at('/v1')), { ...question, stop: [] });
    expect(Object.keys(body ?? {}).sort()).toEqual([
      'max_tokens',
      'messages',
      'model',
      'stream',
      'stream_options',
    ]);
  });

  test('follows the profile of the host', async () => {
    const openai = await sent(
      createOpenaiChatModel({ ...at('/v1'), profile: openaiProfileOf('api.openai.com') }),
    );
    expect(openai.body).toMatchObject({ max_completion_tokens: 100 });
    expect(openai.body).not.toHaveProperty('max_tokens');
  });

  test('asks no server for counts that would reject the question', async () => {
    const mistral = createOpenaiChatModel({ ...at('/v1'), profile: openaiProfileOf('api.mistral.ai') });
    expect((await sent(mistral)).body).not.toHaveProperty('stream_options');
  });

  test.each(['/v1/', '/v1//', '/v1/chat/completions', '/v1/completions'])(
    'goes to one address from %s',
    async (path) => {
      expect((await sent(createOpenaiChatModel(at(path)))).path).toBe('/v1/chat/completions');
    },
  );
});

describe('a request to Anthropic', () => {
  test('has what the request asks for, system texts apart', async () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'What is this?' },
      { role: 'assistant', content: 'A question.' },
      { role: 'user', content: 'And this?' },
    ] as const;
    // No temperature: the API rejects it.
    expect(await sent(createAnthropicChatModel(at('')), { ...detailed, messages })).toEqual({
      path: '/v1/messages',
      body: {
        model: 'model-1',
        system: 'Be brief.\n\nBe kind.',
        messages: messages.slice(2),
        max_tokens: 100,
        stop_sequences: ['END'],
        stream: true,
      },
    });
  });

  test('leaves out what is left open', async () => {
    const messages = [{ role: 'user', content: 'What is this?' }] as const;
    const { body } = await sent(createAnthropicChatModel(at('')), { ...question, messages });
    expect(Object.keys(body ?? {}).sort()).toEqual(['max_tokens', 'messages', 'model', 'stream']);
  });

  test('names the version of the API that the SDK was made for', async () => {
    await sent(createAnthropicChatModel(at('')));
    expect(server.exchanges[0]?.headers['anthropic-version']).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test.each(['', '/', '/v1', '/v1/', '/v1/messages'])('goes to one address from %j', async (path) => {
    expect((await sent(createAnthropicChatModel(at(path)))).path).toBe('/v1/messages');
  });
});
