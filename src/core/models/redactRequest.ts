import { SecretPathError } from '../errors/pathErrors.ts';
import { isSecretPath } from '../secrets/isSecretPath.ts';
import type { ChatRequest } from '../ports/chatRequest.ts';
import type { FillRequest } from '../ports/fillRequest.ts';

/** Replaces what must not leave the machine, such as keys found in code, by harmless text. */
export type Redact = (text: string) => string;

export function redactChat(request: ChatRequest, redact: Redact): ChatRequest {
  return {
    ...request,
    messages: request.messages.map((message) => ({ ...message, content: redact(message.content) })),
  };
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
