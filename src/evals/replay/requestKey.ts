import {
  isText,
  textOf,
  type ChatMessage,
  type ChatRequest,
  type MessagePart,
  type ToolDefinition,
} from '../../core/ports/models.ts';
import type { Digest } from '../../core/ports/runtime.ts';

/** SHA-256 over model and request, in a form that neither the provider nor the order of members has a part in. */
export function requestKey(model: string, request: ChatRequest, hash: Digest): string {
  return hash(new TextEncoder().encode(canonicalRequest(model, request)));
}

function canonicalRequest(model: string, request: ChatRequest): string {
  const { messages, maxOutputTokens, temperature = null, stop = [], tools = [] } = request;
  const canonical = [model, messages.map(canonicalMessage), maxOutputTokens, temperature, stop];
  return JSON.stringify(tools.length === 0 ? canonical : [...canonical, tools.map(canonicalTool)]);
}

/** A message of text alone is named by its text, as before messages had parts. */
function canonicalMessage(message: ChatMessage): readonly unknown[] {
  if (isText(message)) return [message.role, textOf(message)];
  return [message.role, ...message.parts.map(canonicalPart)];
}

function canonicalPart(part: MessagePart): readonly unknown[] {
  switch (part.type) {
    case 'text':
      return ['text', part.text];
    case 'tool-use':
      return ['tool-use', part.id, part.name, sorted(part.input)];
    case 'tool-result':
      return ['tool-result', part.id, part.text, part.isError === true];
  }
}

function canonicalTool({ name, description, inputSchema }: ToolDefinition): readonly unknown[] {
  return [name, description, sorted(inputSchema)];
}

/** A JSON value whose members stand in the order of their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, each]): readonly [string, unknown] => [
    name,
    sorted(each),
  ]);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}
