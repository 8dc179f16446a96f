import type { Anthropic } from '@anthropic-ai/sdk';
import {
  isText,
  textOf,
  type ChatMessage,
  type ChatRequest,
  type MessagePart,
  type ToolDefinition,
} from '../../core/ports/chatRequest.ts';
import type { ChatModel } from '../../core/ports/models.ts';
import { endpointContextOf, endpointFetchOf, type EndpointOptions } from '../http/endpointOptions.ts';
import { streamParts } from '../http/streamParts.ts';
import { AnthropicEvents } from './anthropicEvents.ts';

/** Deadlines are the model client's; the longest delay of a timer stands for none. */
const NEVER_MS = 2 ** 31 - 1;

/**
 * A chat model behind Anthropic's `/v1/messages` (https://platform.claude.com/docs/en/api/messages). The base URL may have
 * the final `/v1` or not; a gateway that wants the key as `x-api-key` gets it among the headers.
 */
export function createAnthropicChatModel(options: EndpointOptions): ChatModel {
  const { model } = options;
  const endpoint = options.endpoint.host;
  const context = endpointContextOf(options);
  let client: Promise<Anthropic> | undefined;
  return {
    id: `anthropic:${model}`,
    endpoint,
    stream(request, signal) {
      const open = async () => {
        const anthropic = await (client ??= createClient(options));
        return anthropic.messages.create(messageBody(request, model), { signal });
      };
      return streamParts(open, new AnthropicEvents(), context, signal);
    },
  };
}

/** Since version 2026-10-21 the API rejects a `temperature`, even the default one. */
function messageBody(request: ChatRequest, model: string): Anthropic.MessageCreateParamsStreaming {
  const { messages, maxOutputTokens, stop, tools } = request;
  const system = messages.filter(({ role }) => role === 'system').map(textOf);
  return {
    model,
    max_tokens: maxOutputTokens,
    stream: true,
    messages: messages.flatMap(wireMessage),
    ...(system.length > 0 ? { system: system.join('\n\n') } : {}),
    ...(stop?.length ? { stop_sequences: [...stop] } : {}),
    ...(tools?.length ? { tools: tools.map(wireTool) } : {}),
  };
}

/** Text alone goes as a string, so that what providers cache by the beginning stays the same. */
function wireMessage(message: ChatMessage): readonly Anthropic.MessageParam[] {
  const { role } = message;
  if (role === 'system') return [];
  if (isText(message)) return [{ role, content: textOf(message) }];
  return [{ role, content: message.parts.flatMap(wireBlock) }];
}

/** The API rejects blocks of text that are empty. */
function wireBlock(part: MessagePart): readonly Anthropic.ContentBlockParam[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ type: 'text', text: part.text }];
    case 'tool-use':
      return [{ type: 'tool_use', id: part.id, name: part.name, input: part.input }];
    case 'tool-result':
      return [
        {
          type: 'tool_result',
          tool_use_id: part.id,
          content: part.text,
          ...(part.isError && { is_error: true }),
        },
      ];
  }
}

function wireTool({ name, description, inputSchema }: ToolDefinition): Anthropic.Tool {
  return { name, description, input_schema: { ...inputSchema, type: 'object' } };
}

/** The SDK is loaded with the first request: most sessions never send one. */
async function createClient(options: EndpointOptions): Promise<Anthropic> {
  const fetch = endpointFetchOf(options, 'stream');
  const { Anthropic } = await import('@anthropic-ai/sdk');
  return new Anthropic({
    baseURL: options.endpoint.baseUrl.replace(/\/v1$/, ''),
    fetch,
    // The real key is added by that fetch. All that is given here stops the SDK from looking into the environment.
    apiKey: 'added-later',
    authToken: null,
    webhookKey: null,
    openTelemetry: { traces: false, propagation: false },
    logLevel: 'off',
    maxRetries: 0,
    timeout: NEVER_MS,
  });
}
