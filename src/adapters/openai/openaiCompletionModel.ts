import type { CompletionModel, FillRequest } from '../../core/ports/models.ts';
import { streamParts } from '../http/streamParts.ts';
import { fimMarksOf, type FimMarks } from './fimMarks.ts';
import { fimPrompt } from './fimPrompt.ts';
import { EndpointRequest } from '../http/endpointRequest.ts';
import { OpenaiEvents } from './openaiEvents.ts';
import { type OpenaiOptions, openaiProfileOf, type OpenaiProfile } from './openaiProfile.ts';

/** OpenAI and its likes reject more. */
const MAX_STOPS = 4;

/**
 * A model that fills in the middle, behind `/completions` or what the profile says. Undefined when the endpoint wants the
 * model's own marks and they are not known: such a model can only be asked as a chat model.
 */
export function createOpenaiCompletionModel(options: OpenaiOptions): CompletionModel | undefined {
  const { model, endpoint } = options;
  const profile = options.profile ?? openaiProfileOf(endpoint.host, model);
  const marks = fimMarksOf(model);
  if (profile.fill === 'marks' && !marks) return undefined;
  const path = profile.fill === 'marks' ? '/completions' : profile.fill;
  return {
    id: `openai:${model}`,
    endpoint: endpoint.host,
    complete(asked, signal, onAlive) {
      const request = new EndpointRequest(options, path, {
        model,
        ...(profile.fill === 'marks' && marks ? markedPrompt(asked, marks) : suffixPrompt(asked)),
        ...commonFields(asked, profile),
      });
      return streamParts({ request, createReader: () => new OpenaiEvents(), onAlive }, signal);
    },
  };
}

/** Servers that take raw prompts are one's own, and set no limit to the number of stops. */
function markedPrompt(request: FillRequest, marks: FimMarks): object {
  return { prompt: fimPrompt(request, marks), stop: [...(request.stop ?? []), ...marks.stops] };
}

function suffixPrompt({ prefix, suffix, stop }: FillRequest): object {
  return { prompt: prefix, suffix, stop: stop?.length ? stop.slice(0, MAX_STOPS) : undefined };
}

function commonFields(request: FillRequest, profile: OpenaiProfile): object {
  return {
    max_tokens: request.maxOutputTokens,
    temperature: request.temperature,
    stream: true,
    stream_options: profile.streamUsage ? { include_usage: true } : undefined,
  };
}
