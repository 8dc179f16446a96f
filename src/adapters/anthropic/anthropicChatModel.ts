import {
  type ChatMessage,
  type ChatModel,
  type ChatRequest,
  type DonePart,
  isText,
  type MessagePart,
  textOf,
  type ToolDefinition,
} from '../../core/ports/models.ts';
import type { StopReason, TokenUsage } from '../../core/shared/provenance.ts';
import { readContent } from '../http/contentParts.ts';
import type { EndpointOptions } from '../http/endpointOptions.ts';
import { EndpointRequest } from '../http/endpointRequest.ts';
import type { WireEvent } from '../http/eventStream.ts';
import { countOf, type Fields, fieldsOf, isFields, listOf, textOf as textIn } from '../http/looseJson.ts';
import { stopReasonOf } from '../http/stopReasons.ts';
import { type AnswerPart, type EventReader, streamParts, ThoughtMemory } from '../http/streamParts.ts';
import { ToolCalls } from '../http/toolCalls.ts';

const PROTOCOL = { headers: { 'anthropic-version': '2023-06-01' }, required: ['max_tokens'] };

/**
 * A chat model behind Anthropic's `/v1/messages` (https://platform.claude.com/docs/en/api/messages). The base URL may have
 * the final `/v1` or not; a gateway that wants the key as `x-api-key` gets it among the headers.
 */
export function createAnthropicChatModel(options: EndpointOptions): ChatModel {
  const { model, endpoint } = options;
  const path = endpoint.baseUrl.endsWith('/v1') ? '/messages' : '/v1/messages';
  const thoughts = new ThoughtMemory();
  const createReader = () => new AnthropicEvents();
  return {
    id: `anthropic:${model}`,
    endpoint: endpoint.host,
    stream(asked, signal, onAlive) {
      const request = new EndpointRequest(options, path, messageBody(asked, model), PROTOCOL);
      return streamParts({ request, createReader, thoughts, onAlive }, signal);
    },
  };
}

/** Since version 2026-10-21 the API rejects a `temperature`, even the default one. */
function messageBody(request: ChatRequest, model: string): Fields {
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
function wireMessage(message: ChatMessage): readonly object[] {
  const { role } = message;
  if (role === 'system') return [];
  if (isText(message)) return [{ role, content: textOf(message) }];
  return [{ role, content: message.parts.flatMap(wireBlock) }];
}

/** The API rejects blocks of text that are empty. */
function wireBlock(part: MessagePart): readonly object[] {
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

function wireTool({ name, description, inputSchema }: ToolDefinition): object {
  return { name, description, input_schema: { ...inputSchema, type: 'object' } };
}

/** What is counted; later events repeat only some of it. */
const COUNTS = [
  'input_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'output_tokens',
] as const;
type Counts = Readonly<Partial<Record<(typeof COUNTS)[number], number>>>;

/**
 * Reads the answers of `/v1/messages`, as streams of events (https://platform.claude.com/docs/en/build-with-claude/streaming)
 * or as a whole. What is written is needed; all else is read when it makes sense.
 */
class AnthropicEvents implements EventReader {
  #stopReason: StopReason | undefined;
  #isOver = false;
  #counts: Counts = {};
  readonly #calls = new ToolCalls();

  get isOver(): boolean {
    return this.#isOver;
  }

  get done(): DonePart | undefined {
    if (this.#stopReason === undefined) return undefined;
    return { type: 'done', stopReason: this.#stopReason };
  }

  /** An end without a reason is one all the same. */
  *end(): Generator<AnswerPart> {
    this.#isOver = true;
    if (this.#stopReason === undefined) yield* this.#finish('stop');
  }

  *read({ name, value }: WireEvent): Generator<AnswerPart> {
    if (!isFields(value)) throw new SyntaxError('not an event of an answer');
    const { type = name, index } = value;
    if (typeof type !== 'string') throw new SyntaxError('not an event of a known kind');
    const place = countOf(index) ?? 0;
    switch (type) {
      case 'message_start':
        yield* this.#count(fieldsOf(value['message'])['usage']);
        break;
      case 'content_block_start':
        yield* this.#readBlock(value['content_block'], place);
        break;
      case 'content_block_delta':
        yield* this.#readDelta(value['delta'], place);
        break;
      case 'message_delta':
        yield* this.#count(value['usage']);
        yield* this.#stop(fieldsOf(value['delta'])['stop_reason']);
        break;
      case 'message_stop':
        yield* this.end();
        break;
      case 'message':
        for (const [at, block] of listOf(value['content']).entries()) yield* this.#readBlock(block, at);
        if (typeof value['content'] === 'string') yield* this.#write(value['content']);
        yield* this.#count(value['usage']);
        yield* this.#stop(value['stop_reason']);
    }
  }

  /** As a rule a block begins empty; gateways and whole answers have something in it. */
  *#readBlock(value: unknown, place: number): Generator<AnswerPart> {
    const block = fieldsOf(value);
    if (block['type'] !== 'tool_use') {
      yield* this.#write(block);
      return;
    }
    const { id, name, input } = block;
    const json = isFields(input) && Object.keys(input).length > 0 ? JSON.stringify(input) : '';
    this.#calls.add(place, { id: textIn(id), name: textIn(name), json });
  }

  *#readDelta(value: unknown, place: number): Generator<AnswerPart> {
    if (!isFields(value)) throw new SyntaxError('not a piece of an answer');
    if (value['type'] === 'input_json_delta') {
      this.#calls.add(place, { json: textIn(value['partial_json']) });
    } else if (value['type'] === 'thinking_delta') {
      yield { type: 'reasoning', text: textIn(value['thinking']) };
    } else if (value['type'] !== 'signature_delta' && value['type'] !== 'citations_delta') {
      yield* this.#write(value);
    }
  }

  *#write(content: unknown): Generator<AnswerPart> {
    for (const { kind, text } of readContent(content)) {
      yield { type: kind === 'reasoning' ? 'reasoning' : 'text', text };
    }
  }

  *#stop(reason: unknown): Generator<AnswerPart> {
    if (textIn(reason) !== '') yield* this.#finish(stopReasonOf(textIn(reason)));
  }

  *#finish(reason: StopReason): Generator<AnswerPart> {
    const calls = this.#calls.finish(reason);
    yield* calls;
    this.#stopReason ??= calls.length > 0 && reason === 'stop' ? 'tool' : reason;
  }

  *#count(value: unknown): Generator<AnswerPart> {
    const counted = fieldsOf(value);
    const known = COUNTS.flatMap((name) => {
      const count = countOf(counted[name]);
      return count === undefined ? [] : [[name, count] as const];
    });
    if (known.length === 0) return;
    this.#counts = { ...this.#counts, ...Object.fromEntries(known) };
    yield { type: 'usage', usage: toUsage(this.#counts) };
  }
}

/** Here `input_tokens` leaves out what was read from or written to the cache. */
function toUsage(counts: Counts): TokenUsage {
  const cached = counts.cache_read_input_tokens ?? 0;
  return {
    inputTokens: (counts.input_tokens ?? 0) + cached + (counts.cache_creation_input_tokens ?? 0),
    cachedInputTokens: cached,
    outputTokens: counts.output_tokens ?? 0,
  };
}
