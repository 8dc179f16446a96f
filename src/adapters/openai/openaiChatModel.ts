import type { ChatRequest } from '../../core/ports/chatRequest.ts';
import type { ChatModel } from '../../core/ports/models.ts';
import { streamParts } from '../http/streamParts.ts';
import { createOpenaiConnection, type OpenaiOptions } from './openaiConnection.ts';
import { OpenaiEvents } from './openaiEvents.ts';
import { openaiProfileOf, type OpenaiProfile } from './openaiProfile.ts';

/** A chat model behind `/chat/completions`, at OpenAI or any server that speaks the same (https://platform.openai.com/docs/api-reference/chat). */
export function createOpenaiChatModel(options: OpenaiOptions): ChatModel {
  const connection = createOpenaiConnection(options);
  const profile = options.profile ?? openaiProfileOf(options.endpoint.host);
  return {
    id: connection.id,
    endpoint: options.endpoint.host,
    stream(request, signal) {
      const body = chatBody(request, options.model, profile);
      const open = () => connection.post('/chat/completions', body, signal);
      return streamParts(open, new OpenaiEvents(), connection.context, signal);
    },
  };
}

function chatBody(request: ChatRequest, model: string, profile: OpenaiProfile): object {
  return {
    model,
    messages: request.messages,
    [profile.tokenLimitField]: request.maxOutputTokens,
    temperature: request.temperature,
    stop: request.stop?.length ? request.stop : undefined,
    stream: true,
    stream_options: profile.streamUsage ? { include_usage: true } : undefined,
  };
}
