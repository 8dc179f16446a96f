import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAnthropicChatModel } from '../../../src/adapters/anthropic/anthropicChatModel.ts';
import { createOpenaiChatModel } from '../../../src/adapters/openai/openaiChatModel.ts';
import { openaiProfileOf } from '../../../src/adapters/openai/openaiProfile.ts';
import { parseModelEndpoint } from '../../../src/core/models/modelEndpoint.ts';
import { type ChatModel, type ChatRequest, textMessage } from '../../../src/core/ports/models.ts';
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
      textMessage('system', 'Be brief.'),
      textMessage('system', 'Be kind.'),
      textMessage('user', 'What is this?'),
      textMessage('assistant', 'A question.'),
      textMessage('user', 'And this?'),
    ];
    // No temperature: the API rejects it.
    expect(await sent(createAnthropicChatModel(at('')), { ...detailed, messages })).toEqual({
      path: '/v1/messages',
      body: {
        model: 'model-1',
        system: 'Be brief.\n\nBe kind.',
        messages: [
          { role: 'user', content: 'What is this?' },
          { role: 'assistant', content: 'A question.' },
          { role: 'user', content: 'And this?' },
        ],
        max_tokens: 100,
        stop_sequences: ['END'],
        stream: true,
      },
    });
  });

  test('leaves out what is left open', async () => {
    const messages = [textMessage('user', 'What is this?')];
    const { body } = await sent(createAnthropicChatModel(at('')), { ...question, messages });
    expect(Object.keys(body ?? {}).sort()).toEqual(['max_tokens', 'messages', 'model', 'stream']);
  });

  test('names the version of the API that its requests are made for', async () => {
    await sent(createAnthropicChatModel(at('')));
    expect(server.exchanges[0]?.headers['anthropic-version']).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test.each(['', '/', '/v1', '/v1/', '/v1/messages'])('goes to one address from %j', async (path) => {
    expect((await sent(createAnthropicChatModel(at(path)))).path).toBe('/v1/messages');
  });
});

/** A model has called a tool twice; one call went wrong, and the person has said something more. */
const withTools: ChatRequest = {
  maxOutputTokens: 100,
  tools: [
    {
      name: 'read_file',
      description: 'Reads a file.',
      inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
    },
  ],
  messages: [
    textMessage('system', 'Be brief.'),
    textMessage('user', 'What do a.ts and b.ts hold?'),
    {
      role: 'assistant',
      parts: [
        { type: 'text', text: 'I read ' },
        { type: 'text', text: 'both.' },
        { type: 'tool-use', id: 'call-1', name: 'read_file', input: { path: 'a.ts' } },
        { type: 'tool-use', id: 'call-2', name: 'read_file', input: { path: 'b.ts' } },
      ],
    },
    {
      role: 'user',
      parts: [
        { type: 'tool-result', id: 'call-1', text: 'export const a = 1;' },
        { type: 'tool-result', id: 'call-2', text: 'There is no such file.', isError: true },
        { type: 'text', text: 'In short, please.' },
      ],
    },
  ],
};
const schema = withTools.tools?.[0]?.inputSchema;

describe('tools, their calls and results', () => {
  test('go to an OpenAI-compatible server as functions and messages of their own', async () => {
    const { body } = await sent(createOpenaiChatModel(at('/v1')), withTools);
    expect(body).toMatchObject({
      tools: [
        {
          type: 'function',
          function: { name: 'read_file', description: 'Reads a file.', parameters: schema },
        },
      ],
    });
    expect(body?.['messages']).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'What do a.ts and b.ts hold?' },
      {
        role: 'assistant',
        content: 'I read both.',
        tool_calls: [
          { id: 'call-1', type: 'function', function: { name: 'read_file', arguments: '{"path":"a.ts"}' } },
          { id: 'call-2', type: 'function', function: { name: 'read_file', arguments: '{"path":"b.ts"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call-1', content: 'export const a = 1;' },
      { role: 'tool', tool_call_id: 'call-2', content: 'There is no such file.' },
      { role: 'user', content: 'In short, please.' },
    ]);
  });

  test('go to Anthropic as blocks', async () => {
    const { body } = await sent(createAnthropicChatModel(at('')), withTools);
    expect(body).toMatchObject({
      system: 'Be brief.',
      tools: [{ name: 'read_file', description: 'Reads a file.', input_schema: schema }],
    });
    expect(body?.['messages']).toEqual([
      { role: 'user', content: 'What do a.ts and b.ts hold?' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I read ' },
          { type: 'text', text: 'both.' },
          { type: 'tool_use', id: 'call-1', name: 'read_file', input: { path: 'a.ts' } },
          { type: 'tool_use', id: 'call-2', name: 'read_file', input: { path: 'b.ts' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'call-1', content: 'export const a = 1;' },
          {
            type: 'tool_result',
            tool_use_id: 'call-2',
            content: 'There is no such file.',
            is_error: true,
          },
          { type: 'text', text: 'In short, please.' },
        ],
      },
    ]);
  });

  test('need no text beside them', async () => {
    const use = { type: 'tool-use', id: 'c', name: 'read_file', input: {} } as const;
    const messages = [
      textMessage('user', 'Why?'),
      { role: 'assistant', parts: [use] },
      { role: 'user', parts: [{ type: 'tool-result', id: 'c', text: '' }] },
    ] as const;
    const { body } = await sent(createOpenaiChatModel(at('/v1')), { ...withTools, messages });
    expect(body?.['messages']).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: null, tool_calls: [{ id: 'c' }] },
      { role: 'tool', tool_call_id: 'c', content: '' },
    ]);
  });
});
