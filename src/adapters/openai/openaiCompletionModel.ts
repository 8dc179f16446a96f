import type { CompletionModel, FillRequest } from '../../core/ports/models.ts';
import { streamParts } from '../http/streamParts.ts';
import { fimMarksOf, type FimMarks } from './fimMarks.ts';
import { fimPrompt } from './fimPrompt.ts';
import { createOpenaiConnection, type OpenaiOptions } from './openaiConnection.ts';
import { OpenaiEvents } from './openaiEvents.ts';
import { openaiProfileOf, type OpenaiProfile } from './openaiProfile.ts';

/** OpenAI and its likes reject more. */
const MAX_STOPS = 4;

/**
 * A model that fills in the middle, behind `/completions` or what the profile says. Undefined when the endpoint wants the
 * model's own marks and they are not known: such a model can only be asked as a chat model.
 */
export function createOpenaiCompletionModel(options: OpenaiOptions): CompletionModel | undefined {
  const profile = options.profile ?? openaiProfileOf(options.endpoint.host);
  const marks = fimMarksOf(options.model);
  if (profile.fill === 'marks' && !marks) return undefined;
  const connection = createOpenaiConnection(options);
  const path = profile.fill === 'marks' ? '/completions' : profile.fill;
  return {
    id: connection.id,
    endpoint: options.endpoint.host,
    complete(request, signal) {
      const body = {
        model: options.model,
        ...(profile.fill === 'marks' && marks ? markedPrompt(request, marks) : suffixPrompt(request)),
        ...commonFields(request, profile),
      };
      const open = () => connection.post(path, body, signal);
      return streamParts(open, new OpenaiEvents(), connection.context, signal);
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
