import {
  type ChatMessage,
  type ChatModel,
  type ChatRequest,
  textOf,
  type ToolDefinition,
} from '../../core/ports/models.ts';
import { streamParts, ThoughtMemory } from '../http/streamParts.ts';
import { EndpointRequest } from '../http/endpointRequest.ts';
import type { Fields } from '../http/looseJson.ts';
import { leastThinking } from './leastThinking.ts';
import { OpenaiEvents } from './openaiEvents.ts';
import { type OpenaiOptions, openaiProfileOf, type OpenaiProfile } from './openaiProfile.ts';

/** A chat model behind `/chat/completions`, at OpenAI or any server that speaks the same (https://platform.openai.com/docs/api-reference/chat). */
export function createOpenaiChatModel(options: OpenaiOptions): ChatModel {
  const { model, endpoint } = options;
  const profile = options.profile ?? openaiProfileOf(endpoint.host, model);
  const thoughts = new ThoughtMemory();
  const createReader = () => new OpenaiEvents();
  return {
    id: `openai:${model}`,
    endpoint: endpoint.host,
    stream(asked, signal, onAlive) {
      const thinking = asked.thinking === 'least' ? leastThinking(endpoint.host, model) : {};
      const body = { ...chatBody(asked, model, profile), ...thinking };
      const request = new EndpointRequest(options, '/chat/completions', body);
      return streamParts({ request, createReader, thoughts, onAlive }, signal);
    },
  };
}

function chatBody(request: ChatRequest, model: string, profile: OpenaiProfile): Fields {
  return {
    model,
    messages: request.messages.flatMap(wireMessages),
    tools: request.tools?.length ? request.tools.map(wireTool) : undefined,
    [profile.tokenLimitField]: request.maxOutputTokens,
    temperature: request.temperature,
    stop: request.stop?.length ? request.stop : undefined,
    stream: true,
    stream_options: profile.streamUsage ? { include_usage: true } : undefined,
  };
}

/** Here each result is a message of its own, and calls stand beside the text. There is no mark for a result that is an error. */
function wireMessages(message: ChatMessage): readonly object[] {
  const content = textOf(message);
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content }];
    case 'user': {
      const results = message.parts.flatMap((part) =>
        part.type === 'tool-result' ? [{ role: 'tool', tool_call_id: part.id, content: part.text }] : [],
      );
      return results.length > 0 && content === '' ? results : [...results, { role: 'user', content }];
    }
    case 'assistant': {
      const calls = message.parts.flatMap((part) =>
        part.type === 'tool-use'
          ? [
              {
                id: part.id,
                type: 'function',
                function: { name: part.name, arguments: JSON.stringify(part.input) },
              },
            ]
          : [],
      );
      if (calls.length === 0) return [{ role: 'assistant', content }];
      return [{ role: 'assistant', content: content === '' ? null : content, tool_calls: calls }];
    }
  }
}

function wireTool({ name, description, inputSchema }: ToolDefinition): object {
  return { type: 'function', function: { name, description, parameters: inputSchema } };
}
