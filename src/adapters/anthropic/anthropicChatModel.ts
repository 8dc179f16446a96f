import type { Anthropic } from '@anthropic-ai/sdk';
import {
  isText,
  textOf,
  type ChatMessage,
  type ChatRequest,
  type MessagePart,
  type ToolDefinition,
} from '../../core/ports/chatRequest.ts';
import type { ModelEndpoint } from '../../core/models/modelEndpoint.ts';
import type { ChatModel } from '../../core/ports/models.ts';
import type { EndpointContext } from '../http/endpointContext.ts';
import { createEndpointFetch } from '../http/endpointFetch.ts';
import { endpointHeaders } from '../http/endpointHeaders.ts';
import { streamParts } from '../http/streamParts.ts';
import { AnthropicEvents } from './anthropicEvents.ts';

export interface AnthropicOptions {
  /** With or without the final `/v1`. */
  readonly endpoint: ModelEndpoint;
  /** Absent behind a gateway that adds its own. */
  readonly apiKey?: string;
  /** The model's name as the endpoint knows it. */
  readonly model: string;
  /** Sent with every request, for example for a gateway that wants the key as `x-api-key`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the global one, for example for a proxy. */
  readonly fetch?: typeof fetch;
  /** Where reading an answer stops, in bytes. */
  readonly maxResponseBytes?: number;
  /** Milliseconds since the epoch; the machine's clock unless given. */
  readonly now?: () => number;
}

/** Deadlines are the model client's; the longest delay of a timer stands for none. */
const NEVER_MS = 2 ** 31 - 1;

/** A chat model behind Anthropic's `/v1/messages` (https://platform.claude.com/docs/en/api/messages). */
export function createAnthropicChatModel(options: AnthropicOptions): ChatModel {
  const { apiKey = '', model } = options;
  const endpoint = options.endpoint.host;
  const context: EndpointContext = {
    endpoint,
    model,
    secrets: [apiKey.trim(), ...Object.values(options.headers ?? {})],
    hasKey: apiKey.trim() !== '',
    now: options.now ?? Date.now,
  };
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
async function createClient(options: AnthropicOptions): Promise<Anthropic> {
  const { baseUrl, host } = options.endpoint;
  const headers = endpointHeaders({
    endpoint: host,
    apiKey: options.apiKey,
    headers: options.headers,
  });
  const { fetch, maxResponseBytes } = options;
  const { Anthropic } = await import('@anthropic-ai/sdk');
  return new Anthropic({
    baseURL: baseUrl.replace(/\/v1$/, ''),
    fetch: createEndpointFetch({ endpoint: host, headers, fetch, maxResponseBytes }),
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
