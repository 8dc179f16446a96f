import type { DonePart } from '../../core/ports/models.ts';
import type { StopReason, TokenUsage } from '../../core/shared/provenance.ts';
import { type ContentPart, readContent } from '../http/contentParts.ts';
import type { WireEvent } from '../http/eventStream.ts';
import {
  countOf,
  type Fields,
  fieldsOf,
  firstCount,
  isFields,
  listOf,
  numberOf,
  textOf,
} from '../http/looseJson.ts';
import { stopReasonOf } from '../http/stopReasons.ts';
import type { AnswerPart, EventReader } from '../http/streamParts.ts';
import { ToolCalls } from '../http/toolCalls.ts';

/** Where servers put what a model reasons. */
const REASONING = ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking', 'thoughts'];

/**
 * Reads the answers of `/chat/completions` and `/completions` alike, as streams of chunks or as a whole. What is written is
 * needed; all else is read when it makes sense.
 */
export class OpenaiEvents implements EventReader {
  #stopReason: StopReason | undefined;
  #isOver = false;
  #hasRefused = false;
  #hasWritten = false;
  #hasCalled = false;
  readonly #calls = new ToolCalls();

  get isOver(): boolean {
    return this.#isOver;
  }

  get done(): DonePart | undefined {
    if (this.#stopReason === undefined) return undefined;
    if (this.#hasRefused) return { type: 'done', stopReason: 'filter' };
    // Some servers say no more than that the model has stopped.
    const isCall = this.#hasCalled && this.#stopReason !== 'length';
    return { type: 'done', stopReason: isCall ? 'tool' : this.#stopReason };
  }

  /** An end without a reason is one all the same. */
  *end(): Generator<AnswerPart> {
    this.#isOver = true;
    if (this.#stopReason === undefined) yield* this.#finish('stop');
  }

  *read({ value }: WireEvent): Generator<AnswerPart> {
    if (!isFields(value)) throw new SyntaxError('not an event of an answer');
    const { choices = value['message'] === undefined ? undefined : [value] } = value;
    const all = isFields(choices) ? [choices] : choices;
    if (all !== undefined && all !== null && !Array.isArray(all)) {
      throw new SyntaxError('not the choices of an answer');
    }
    const choice = listOf(all).find((each) => (numberOf(fieldsOf(each)['index']) ?? 0) === 0);
    if (choice !== undefined && !isFields(choice)) throw new SyntaxError('not a choice of an answer');
    if (choice) yield* this.#readChoice(choice);
    const usage = [value['usage'], choice?.['usage'], fieldsOf(value['x_groq'])['usage']]
      .map(toUsage)
      .find(Boolean);
    if (usage) yield { type: 'usage', usage };
  }

  *#readChoice(choice: Fields): Generator<AnswerPart> {
    // A last chunk may hold the whole message once more.
    const { delta, message: whole } = choice;
    const message = isFields(delta) ? delta : this.#hasWritten ? {} : fieldsOf(whole);
    const reasoning = REASONING.flatMap((name) => readIfText(message[name]))[0];
    if (reasoning) yield { type: 'reasoning', text: reasoning.text };
    // A chat sends `content`, a completion `text`; what is empty carries nothing.
    const content = [message['content'], message['refusal'], choice['text']].map((each, at) =>
      readContent(each, at === 1 ? 'refusal' : 'text'),
    );
    for (const part of content.find((parts) => parts.length > 0) ?? []) yield this.#toPart(part);
    this.#addCalls(message);
    const reason = textOf(choice['finish_reason']) || textOf(choice['done_reason']);
    if (reason !== '') yield* this.#finish(stopReasonOf(reason));
  }

  #toPart({ kind, text }: ContentPart): AnswerPart {
    if (kind === 'reasoning') return { type: 'reasoning', text };
    if (kind === 'refusal') this.#hasRefused = true;
    this.#hasWritten = true;
    return { type: 'text', text };
  }

  *#finish(reason: StopReason): Generator<AnswerPart> {
    for (const call of this.#calls.finish(reason)) {
      this.#hasCalled = true;
      yield call;
    }
    // The first reason counts: some servers send a second one with the counts.
    this.#stopReason ??= reason;
  }

  #addCalls({ tool_calls: calls, function_call: old }: Fields): void {
    for (const [at, call] of [...listOf(calls), ...(isFields(old) ? [{ function: old }] : [])].entries()) {
      const { index, id, function: called } = fieldsOf(call);
      const { name, arguments: input } = fieldsOf(called);
      const json = isFields(input) ? JSON.stringify(input) : textOf(input);
      this.#calls.add(countOf(index) ?? at, { id: textOf(id), name: textOf(name), json });
    }
  }
}

/** Thoughts are no answer, so what cannot be read of them is passed over. */
function readIfText(value: unknown): readonly ContentPart[] {
  const isReadable = typeof value === 'string' || typeof value === 'object';
  return isReadable ? readContent(value, 'reasoning') : [];
}

/** Undefined when nothing was counted. */
function toUsage(value: unknown): TokenUsage | undefined {
  const usage = fieldsOf(value);
  const inputTokens = firstCount(usage['prompt_tokens'], usage['input_tokens']);
  const outputTokens = firstCount(usage['completion_tokens'], usage['output_tokens']);
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  const cached = firstCount(
    fieldsOf(usage['prompt_tokens_details'])['cached_tokens'],
    usage['prompt_cache_hit_tokens'],
    usage['cached_tokens'],
  );
  return {
    inputTokens: inputTokens ?? 0,
    ...(cached !== undefined && { cachedInputTokens: cached }),
    outputTokens: outputTokens ?? 0,
  };
}
