import type { CompletionModel, DonePart, FillRequest } from '../../core/ports/models.ts';
import type { EndpointOptions } from '../http/endpointOptions.ts';
import { EndpointRequest } from '../http/endpointRequest.ts';
import type { WireEvent } from '../http/eventStream.ts';
import { type Fields, fieldsOf, firstCount, isFields, textOf } from '../http/looseJson.ts';
import { probeJson } from '../http/probeJson.ts';
import { type AnswerPart, type EventReader, streamParts } from '../http/streamParts.ts';

/**
 * The server of llama.cpp, whose root is `endpoint`: it puts the marks of the model that it runs
 * (https://github.com/ggml-org/llama.cpp/tree/master/tools/server, `/infill`).
 */
export function createLlamacppCompletionModel(options: EndpointOptions): CompletionModel {
  const { model, endpoint } = options;
  return {
    id: `llamacpp:${model}`,
    endpoint: endpoint.host,
    complete(asked, signal, onAlive) {
      const request = new EndpointRequest(options, '/infill', infillBody(asked, model));
      return streamParts({ request, createReader: () => new InfillEvents(), onAlive }, signal);
    },
  };
}

/** The line up to the cursor is a field of its own, so that the server keeps what it has read of the lines above. */
function infillBody(request: FillRequest, model: string): Fields {
  const { prefix, suffix, context, maxOutputTokens, temperature, stop } = request;
  const lineStart = prefix.lastIndexOf('\n') + 1;
  return {
    model,
    input_prefix: prefix.slice(0, lineStart),
    input_suffix: suffix,
    input_extra: context.map(({ path, text }) => ({ filename: path, text })),
    prompt: prefix.slice(lineStart),
    n_predict: maxOutputTokens,
    temperature,
    stop: stop?.length ? stop : undefined,
    cache_prompt: true,
    stream: true,
  };
}

class InfillEvents implements EventReader {
  isOver = false;
  done: DonePart | undefined;

  *end(): Generator<AnswerPart> {
    this.isOver = true;
  }

  *read({ value }: WireEvent): Generator<AnswerPart> {
    if (!isFields(value)) throw new SyntaxError('not a part of an answer');
    const text = textOf(value['content']);
    if (text !== '') yield { type: 'text', text };
    if (value['stop'] !== true) return;
    const inputTokens = firstCount(value['tokens_evaluated']);
    const outputTokens = firstCount(value['tokens_predicted']);
    const cachedInputTokens = firstCount(value['tokens_cached']);
    if (inputTokens !== undefined || outputTokens !== undefined) {
      const usage = { inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 };
      const isPart = cachedInputTokens !== undefined && cachedInputTokens <= usage.inputTokens;
      yield { type: 'usage', usage: { ...usage, ...(isPart && { cachedInputTokens }) } };
    }
    // Older servers have a field for each reason.
    const isLimit = value['stop_type'] === 'limit' || value['stopped_limit'] === true;
    this.done = { type: 'done', stopReason: isLimit ? 'length' : 'stop' };
  }
}

/**
 * Whether the server is llama.cpp's and runs a model that fills in the middle: asks it to fill in nothing. Rejects when it
 * cannot be reached, or with the signal's reason.
 */
export async function probeInfill(options: EndpointOptions, signal: AbortSignal): Promise<boolean> {
  const body = { model: options.model, input_prefix: '', input_suffix: '', prompt: '', n_predict: 0 };
  const read = (answer: unknown) => typeof fieldsOf(answer)['content'] === 'string';
  return (await probeJson(options, '/infill', { body, read }, signal)) ?? false;
}
