import * as z from 'zod';
import type { DonePart, ModelPart } from '../../core/ports/modelPart.ts';
import type { StopReason, TokenUsage } from '../../core/shared/modelUsage.ts';
import type { EventReader } from '../http/streamParts.ts';

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
  message: z.object({ usage: usage.nullish() }).nullish(),
  delta: z
    .object({ type: z.string().nullish(), text: z.string().nullish(), stop_reason: z.string().nullish() })
    .nullish(),
  usage: usage.nullish(),
});

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'filter',
};

/** Reads the stream of `/v1/messages`. */
export class AnthropicEvents implements EventReader {
  #stopReason: StopReason | undefined;
  /** Counts are cumulative, and later events repeat only some of them. */
  #usage: z.infer<typeof usage> | undefined;

  get done(): DonePart | undefined {
    if (this.#stopReason === undefined) return undefined;
    return { type: 'done', stopReason: this.#stopReason, usage: toUsage(this.#usage) };
  }

  read(event: unknown): Exclude<ModelPart, DonePart> | undefined {
    const { type, message, delta, usage: counted } = streamEvent.parse(event);
    this.#count(message?.usage);
    if (type === 'message_delta') {
      this.#count(counted);
      if (delta?.stop_reason) this.#stopReason = STOP_REASONS[delta.stop_reason] ?? 'other';
    }
    if (type !== 'content_block_delta') return undefined;
    if (delta?.type === 'text_delta') return delta.text ? { type: 'text', text: delta.text } : undefined;
    return delta?.type === 'thinking_delta' ? { type: 'thinking' } : undefined;
  }

  #count(counted: z.infer<typeof usage> | null | undefined): void {
    const known = Object.entries(counted ?? {}).filter(([, value]) => typeof value === 'number');
    if (known.length > 0) this.#usage = { ...this.#usage, ...Object.fromEntries(known) };
  }
}

/** Here `input_tokens` leaves out what was read from or written to the cache. */
function toUsage(counted: z.infer<typeof usage> | undefined): TokenUsage | undefined {
  if (!counted) return undefined;
  const cached = counted.cache_read_input_tokens ?? 0;
  return {
    inputTokens: (counted.input_tokens ?? 0) + cached + (counted.cache_creation_input_tokens ?? 0),
    cachedInputTokens: cached,
    outputTokens: counted.output_tokens ?? 0,
  };
}
