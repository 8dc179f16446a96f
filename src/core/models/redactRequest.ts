import { SecretPathError } from '../errors/pathErrors.ts';
import { isSecretPath } from '../secrets/isSecretPath.ts';
import type { ChatMessage, ChatRequest, FillRequest } from '../ports/models.ts';

/** Replaces what must not leave the machine, such as keys found in code, by harmless text. */
export type Redact = (text: string) => string;

export function redactChat(request: ChatRequest, redact: Redact): ChatRequest {
  return {
    ...request,
    messages: request.messages.map((message) => redactMessage(message, redact)),
  };
}

function redactMessage(message: ChatMessage, redact: Redact): ChatMessage {
  switch (message.role) {
    case 'system':
      return { ...message, parts: message.parts.map((part) => ({ ...part, text: redact(part.text) })) };
    case 'user':
      return { ...message, parts: message.parts.map((part) => ({ ...part, text: redact(part.text) })) };
    case 'assistant':
      return {
        ...message,
        parts: message.parts.map((part) =>
          part.type === 'text'
            ? { ...part, text: redact(part.text) }
            : { ...part, input: redactJson(part.input, redact) },
        ),
      };
  }
}

/** Redacts every text in a JSON value; names of members stay. */
function redactJson(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((each) => redactJson(each, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redactJson(each, redact)]));
}

/** Throws a `SecretPathError` when the file itself holds credentials; leaves such files out of the context. */
export function redactFill(request: FillRequest, redact: Redact): FillRequest {
  if (isSecretPath(request.path)) throw new SecretPathError(request.path);
  return {
    ...request,
    prefix: redact(request.prefix),
    suffix: redact(request.suffix),
    context: request.context
      .filter(({ path }) => !isSecretPath(path))
      .map((each) => ({ ...each, text: redact(each.text) })),
  };
}
