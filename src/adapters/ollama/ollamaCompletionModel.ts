import type { CompletionModel, DonePart, FillRequest } from '../../core/ports/models.ts';
import type { EndpointOptions } from '../http/endpointOptions.ts';
import { EndpointRequest } from '../http/endpointRequest.ts';
import type { WireEvent } from '../http/eventStream.ts';
import { fieldsOf, firstCount, isFields, listOf, textOf } from '../http/looseJson.ts';
import { probeJson } from '../http/probeJson.ts';
import { stopReasonOf } from '../http/stopReasons.ts';
import { type AnswerPart, type EventReader, streamParts } from '../http/streamParts.ts';

/** Ollama's own API, whose root is `endpoint` (https://docs.ollama.com/api). The model fills in the middle by its template. */
export function createOllamaCompletionModel(options: EndpointOptions): CompletionModel {
  const { model, endpoint } = options;
  return {
    id: `ollama:${model}`,
    endpoint: endpoint.host,
    complete(asked, signal, onAlive) {
      const request = new EndpointRequest(options, '/api/generate', generateBody(asked, model));
      return streamParts({ request, createReader: () => new OllamaEvents(), onAlive }, signal);
    },
  };
}

function generateBody(request: FillRequest, model: string) {
  const { prefix, suffix, maxOutputTokens, temperature, stop } = request;
  return {
    model,
    prompt: prefix,
    // Without a suffix the server would have the model chat.
    suffix: suffix === '' ? '\n' : suffix,
    stream: true,
    options: { num_predict: maxOutputTokens, temperature, stop: stop?.length ? stop : undefined },
  };
}

/** Answers are JSON, an object a line. */
class OllamaEvents implements EventReader {
  isOver = false;
  done: DonePart | undefined;

  /** Without its last object the answer was cut off. */
  *end(): Generator<AnswerPart> {
    this.isOver = true;
  }

  *read({ value }: WireEvent): Generator<AnswerPart> {
    if (!isFields(value)) throw new SyntaxError('not a part of an answer');
    const text = textOf(value['response']);
    if (text !== '') yield { type: 'text', text };
    if (value['done'] !== true) return;
    const inputTokens = firstCount(value['prompt_eval_count']);
    const outputTokens = firstCount(value['eval_count']);
    if (inputTokens !== undefined || outputTokens !== undefined) {
      yield { type: 'usage', usage: { inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 } };
    }
    this.done = { type: 'done', stopReason: stopReasonOf(textOf(value['done_reason']) || 'stop') };
    this.isOver = true;
  }
}

/** Whether the template of a model has a place for a suffix. */
export type OllamaTemplate = 'suffix' | 'no-suffix';

/**
 * Asks the server about the model; undefined when it is no Ollama, or does not have the model. Rejects when it cannot be
 * reached, or with the signal's reason.
 */
export function probeOllama(
  options: EndpointOptions,
  signal: AbortSignal,
): Promise<OllamaTemplate | undefined> {
  return probeJson(options, '/api/show', { body: { model: options.model }, read: readTemplate }, signal);
}

function readTemplate(answer: unknown): OllamaTemplate | undefined {
  const { template, capabilities, modelfile, details } = fieldsOf(answer);
  const isOllama = [template, modelfile].some((text) => typeof text === 'string') || isFields(details);
  if (!isOllama) return undefined;
  const canInsert = listOf(capabilities).includes('insert') || /\.Suffix\b/.test(textOf(template));
  return canInsert ? 'suffix' : 'no-suffix';
}
