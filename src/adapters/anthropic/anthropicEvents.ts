import * as z from 'zod';
import type { DonePart, ModelPart, UsagePart } from '../../core/ports/modelPart.ts';
import type { StopReason, TokenUsage } from '../../core/shared/modelUsage.ts';
import type { EventReader } from '../http/streamParts.ts';
import { ToolCalls } from '../http/toolCalls.ts';

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

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'filter',
  tool_use: 'tool',
};

/** Reads the stream of `/v1/messages`. */
export class AnthropicEvents implements EventReader {
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
        const stopReason = STOP_REASONS[read.delta.stop_reason] ?? 'other';
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
