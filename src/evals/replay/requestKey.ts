import type { ChatRequest } from '../../core/ports/chatRequest.ts';
import type { Digest } from '../../core/ports/runtime.ts';

/** SHA-256 over model and request, in a form that neither the provider nor the order of members has a part in. */
export function requestKey(model: string, request: ChatRequest, hash: Digest): string {
  return hash(new TextEncoder().encode(canonicalRequest(model, request)));
}

function canonicalRequest(model: string, request: ChatRequest): string {
  const { messages, maxOutputTokens, temperature = null, stop = [] } = request;
  return JSON.stringify([
    model,
    messages.map(({ role, content }) => [role, content]),
    maxOutputTokens,
    temperature,
    stop,
  ]);
}
