import type { ChatRequest } from './chatRequest.ts';
import type { FillRequest } from './fillRequest.ts';

/** Replaces what must not leave the machine, such as keys found in code, by harmless text. */
export type Redact = (text: string) => string;

export function redactChat(request: ChatRequest, redact: Redact): ChatRequest {
  return {
    ...request,
    messages: request.messages.map((message) => ({ ...message, content: redact(message.content) })),
  };
}

export function redactFill(request: FillRequest, redact: Redact): FillRequest {
  return {
    ...request,
    prefix: redact(request.prefix),
    suffix: redact(request.suffix),
    context: request.context.map((each) => ({ ...each, text: redact(each.text) })),
  };
}
