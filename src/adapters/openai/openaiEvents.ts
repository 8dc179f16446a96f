import * as z from 'zod';
import type { DonePart, ModelPart } from '../../core/ports/models.ts';
import type { StopReason, TokenUsage } from '../../core/shared/provenance.ts';
import type { EventReader } from '../http/streamParts.ts';
import { ToolCalls } from '../http/toolCalls.ts';

const count = z.number().int().nonnegative();

/** Servers that send a call as a whole may leave out its place. */
const toolCall = z.object({
  index: count.nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

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
            tool_calls: z.array(toolCall).nullish(),
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

const STOP_REASONS = new Map<string, StopReason>(
  Object.entries({
    stop: 'stop',
    length: 'length',
    content_filter: 'filter',
    tool_calls: 'tool',
  }),
);

/** Reads the stream of `/chat/completions` and `/completions` alike. */
export class OpenaiEvents implements EventReader {
  #stopReason: StopReason | undefined;
  #hasRefused = false;
  readonly #calls = new ToolCalls();

  get done(): DonePart | undefined {
    if (this.#stopReason === undefined) return undefined;
    return { type: 'done', stopReason: this.#hasRefused ? 'filter' : this.#stopReason };
  }

  *read(event: unknown): Generator<Exclude<ModelPart, DonePart>> {
    const { choices, usage } = chunk.parse(event);
    const choice = choices?.find(({ index }) => (index ?? 0) === 0);
    if (choice) yield* this.#readChoice(choice);
    if (usage) yield { type: 'usage', usage: toUsage(usage) };
  }

  *#readChoice({ delta, text, finish_reason: reason }: Choice): Generator<Exclude<ModelPart, DonePart>> {
    if (delta?.refusal) this.#hasRefused = true;
    const reasoning = delta?.reasoning_content ?? delta?.reasoning;
    if (reasoning) yield { type: 'reasoning', text: reasoning };
    // A chat sends `content`, a completion `text`; what is empty carries nothing.
    const written = [delta?.content, delta?.refusal, text].find(Boolean);
    if (written) yield { type: 'text', text: written };
    this.#addCalls(delta?.tool_calls ?? []);
    if (!reason) return;
    const stopReason = STOP_REASONS.get(reason) ?? 'other';
    yield* this.#calls.finish(stopReason);
    this.#stopReason = stopReason;
  }

  #addCalls(calls: readonly z.infer<typeof toolCall>[]): void {
    for (const [at, { index, id, function: called }] of calls.entries()) {
      this.#calls.add(index ?? at, { id, name: called?.name, json: called?.arguments });
    }
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
