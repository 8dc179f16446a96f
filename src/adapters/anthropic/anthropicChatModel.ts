import type { Anthropic } from '@anthropic-ai/sdk';
import type { ChatRequest } from '../../core/ports/chatRequest.ts';
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
  const { messages, maxOutputTokens, stop } = request;
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  return {
    model,
    max_tokens: maxOutputTokens,
    stream: true,
    messages: messages.flatMap(({ role, content }) => (role === 'system' ? [] : [{ role, content }])),
    ...(system.length > 0 ? { system: system.join('\n\n') } : {}),
    ...(stop?.length ? { stop_sequences: [...stop] } : {}),
  };
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
