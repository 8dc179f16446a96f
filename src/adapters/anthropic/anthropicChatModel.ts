import type { Anthropic } from '@anthropic-ai/sdk';
import * as z from 'zod';
import {
  type ChatMessage,
  type ChatModel,
  type ChatRequest,
  type DonePart,
  isText,
  type MessagePart,
  type ModelPart,
  textOf,
  type ToolDefinition,
  type UsagePart,
} from '../../core/ports/models.ts';
import type { StopReason, TokenUsage } from '../../core/shared/provenance.ts';
import { endpointContextOf, endpointFetchOf, type EndpointOptions } from '../http/endpointOptions.ts';
import { type EventReader, streamParts } from '../http/streamParts.ts';
import { ToolCalls } from '../http/toolCalls.ts';

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

const count = z.number().int().nonnegative().nullish();

const usage = z.object({
  input_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  output_tokens: count,
});

/** The fields that are read of any event (https://platform.claude.com/docs/en/build-with-claude/streaming). */
const streamEvent = z.object({
  type: z.string(),
  index: count,
  message: z.object({ usage: usage.nullish() }).nullish(),
  content_block: z
    .object({ type: z.string(), id: z.string().nullish(), name: z.string().nullish() })
    .nullish(),
  delta: z
    .object({
      type: z.string().nullish(),
      text: z.string().nullish(),
      thinking: z.string().nullish(),
      partial_json: z.string().nullish(),
      stop_reason: z.string().nullish(),
    })
    .nullish(),
  usage: usage.nullish(),
});

type StreamEvent = z.infer<typeof streamEvent>;

const STOP_REASONS = new Map<string, StopReason>(
  Object.entries({
    end_turn: 'stop',
    stop_sequence: 'stop',
    max_tokens: 'length',
    model_context_window_exceeded: 'length',
    refusal: 'filter',
    tool_use: 'tool',
  }),
);

/** Reads the stream of `/v1/messages`. */
class AnthropicEvents implements EventReader {
  #stopReason: StopReason | undefined;
  /** Counts are cumulative, and later events repeat only some of them. */
  #usage: z.infer<typeof usage> = {};
  readonly #calls = new ToolCalls();

  get done(): DonePart | undefined {
    if (this.#stopReason === undefined) return undefined;
    return { type: 'done', stopReason: this.#stopReason };
  }

  *read(event: unknown): Generator<Exclude<ModelPart, DonePart>> {
    const read = streamEvent.parse(event);
    switch (read.type) {
      case 'message_start':
        yield* this.#count(read.message?.usage);
        break;
      case 'content_block_start': {
        const { type, id, name } = read.content_block ?? {};
        if (type === 'tool_use') this.#calls.add(read.index ?? 0, { id, name });
        break;
      }
      case 'content_block_delta':
        yield* this.#readDelta(read);
        break;
      case 'message_delta': {
        yield* this.#count(read.usage);
        if (!read.delta?.stop_reason) break;
        const stopReason = STOP_REASONS.get(read.delta.stop_reason) ?? 'other';
        yield* this.#calls.finish(stopReason);
        this.#stopReason = stopReason;
      }
    }
  }

  *#readDelta({ index, delta }: StreamEvent): Generator<Exclude<ModelPart, DonePart>> {
    if (delta?.type === 'text_delta' && delta.text) yield { type: 'text', text: delta.text };
    if (delta?.type === 'thinking_delta') yield { type: 'reasoning', text: delta.thinking ?? '' };
    if (delta?.type === 'input_json_delta') this.#calls.add(index ?? 0, { json: delta.partial_json });
  }

  *#count(counted: z.infer<typeof usage> | null | undefined): Generator<UsagePart> {
    const known = Object.entries(counted ?? {}).filter(([, value]) => typeof value === 'number');
    if (known.length === 0) return;
    this.#usage = { ...this.#usage, ...Object.fromEntries(known) };
    yield { type: 'usage', usage: toUsage(this.#usage) };
  }
}

/** Here `input_tokens` leaves out what was read from or written to the cache. */
function toUsage(counted: z.infer<typeof usage>): TokenUsage {
  const cached = counted.cache_read_input_tokens ?? 0;
  return {
    inputTokens: (counted.input_tokens ?? 0) + cached + (counted.cache_creation_input_tokens ?? 0),
    cachedInputTokens: cached,
    outputTokens: counted.output_tokens ?? 0,
  };
}
