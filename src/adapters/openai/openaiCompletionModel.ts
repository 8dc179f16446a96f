import type { CompletionModel, FillRequest } from '../../core/ports/models.ts';
import { streamParts } from '../http/streamParts.ts';
import { fimMarksOf, type FimMarks } from './fimMarks.ts';
import { fimPrompt } from './fimPrompt.ts';
import { EndpointRequest } from '../http/endpointRequest.ts';
import type { Fields } from '../http/looseJson.ts';
import { OpenaiEvents } from './openaiEvents.ts';
import {
  type FillProfile,
  type OpenaiOptions,
  openaiProfileOf,
  type OpenaiProfile,
} from './openaiProfile.ts';

/**
 * A model that fills in the middle, behind an endpoint made for it or behind `/completions` with the model's own marks.
 * Undefined when neither serves this model: it can only be asked as a chat model.
 */
export function createOpenaiCompletionModel(options: OpenaiOptions): CompletionModel | undefined {
  const { model, endpoint } = options;
  const profile = options.profile ?? openaiProfileOf(endpoint.host, model);
  const { fill } = profile;
  const createRequest =
    typeof fill === 'object'
      ? fill.models.test(model) && suffixRequest(options, fill)
      : fill === 'marks' && markedRequest(options, fimMarksOf(model));
  if (!createRequest) return undefined;
  return {
    id: `openai:${model}`,
    endpoint: endpoint.host,
    complete(asked, signal, onAlive) {
      const request = createRequest(asked, commonFields(asked, model, profile));
      return streamParts({ request, createReader: () => new OpenaiEvents(), onAlive }, signal);
    },
  };
}

type CreateRequest = (request: FillRequest, common: Fields) => EndpointRequest;

function suffixRequest(options: OpenaiOptions, fill: FillProfile): CreateRequest {
  const { path, root, stops, emptySuffix = '', stop: ownStop = [] } = fill;
  const { endpoint } = options;
  const baseUrl = endpoint.baseUrl.replace(/\/(v\d+|beta)$/, '');
  const there =
    root === undefined ? options : { ...options, endpoint: { ...endpoint, baseUrl: baseUrl + root } };
  return ({ prefix, suffix, stop = ownStop }, common) =>
    new EndpointRequest(there, path, {
      ...common,
      prompt: prefix,
      suffix: suffix === '' ? emptySuffix : suffix,
      stop: stop.length > 0 ? stop.slice(0, stops) : undefined,
    });
}

/** Servers that take raw prompts are one's own, and set no limit to the number of stops. */
function markedRequest(options: OpenaiOptions, marks: FimMarks | undefined): CreateRequest | undefined {
  if (!marks) return undefined;
  return (request, common) =>
    new EndpointRequest(options, '/completions', {
      ...common,
      prompt: fimPrompt(request, marks),
      stop: [...(request.stop ?? []), ...marks.stops],
    });
}

function commonFields(request: FillRequest, model: string, profile: OpenaiProfile): Fields {
  return {
    model,
    max_tokens: request.maxOutputTokens,
    temperature: request.temperature,
    stream: true,
    stream_options: profile.streamUsage ? { include_usage: true } : undefined,
  };
}
