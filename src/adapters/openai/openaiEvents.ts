import * as z from 'zod';
import type { DonePart, ModelPart } from '../../core/ports/modelPart.ts';
import type { StopReason, TokenUsage } from '../../core/shared/modelUsage.ts';
import type { EventReader } from '../http/streamParts.ts';

const count = z.number().int().nonnegative();

/** The fields that are read of a `chat.completion.chunk` and of a `text_completion`; servers leave out all kinds of others. */
const chunk = z.object({
  choices: z
    .array(
      z.object({
        index: z.number().nullish(),
        delta: z
          .object({
            content: z.string().nullish(),
            refusal: z.string().nullish(),
            reasoning_content: z.string().nullish(),
            reasoning: z.string().nullish(),
          })
          .nullish(),
        text: z.string().nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count.nullish(),
      prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
    })
    .nullish(),
});

type Chunk = z.infer<typeof chunk>;
type Choice = NonNullable<Chunk['choices']>[number];

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'filter',
};

/** Reads the stream of `/chat/completions` and `/completions` alike. */
export class OpenaiEvents implements EventReader {
  #stopReason: StopReason | undefined;
  #usage: TokenUsage | undefined;
  #hasRefused = false;

  get done(): DonePart | undefined {
    if (this.#stopReason === undefined) return undefined;
    const stopReason = this.#hasRefused ? 'filter' : this.#stopReason;
    return { type: 'done', stopReason, usage: this.#usage };
  }

  read(event: unknown): Exclude<ModelPart, DonePart> | undefined {
    const { choices, usage } = chunk.parse(event);
    if (usage) this.#usage = toUsage(usage);
    const choice = choices?.find(({ index }) => (index ?? 0) === 0);
    return choice && this.#readChoice(choice);
  }

  #readChoice({ delta, text, finish_reason: reason }: Choice): Exclude<ModelPart, DonePart> | undefined {
    if (reason) this.#stopReason = STOP_REASONS[reason] ?? 'other';
    if (delta?.refusal) this.#hasRefused = true;
    // A chat sends `content`, a completion `text`; what is empty carries nothing.
    const written = [delta?.content, delta?.refusal, text].find(Boolean);
    if (written) return { type: 'text', text: written };
    return (delta?.reasoning_content ?? delta?.reasoning) ? { type: 'thinking' } : undefined;
  }
}

function toUsage(usage: NonNullable<Chunk['usage']>): TokenUsage {
  const cached = usage.prompt_tokens_details?.cached_tokens;
  return {
    inputTokens: usage.prompt_tokens,
    ...(typeof cached === 'number' ? { cachedInputTokens: cached } : {}),
    outputTokens: usage.completion_tokens ?? 0,
  };
}
