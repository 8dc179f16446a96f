import { createAnthropicChatModel } from '../../../src/adapters/anthropic/anthropicChatModel.ts';
import type { EndpointOptions } from '../../../src/adapters/http/endpointOptions.ts';
import { createOpenaiChatModel } from '../../../src/adapters/openai/openaiChatModel.ts';
import { parseModelEndpoint } from '../../../src/core/models/modelEndpoint.ts';
import type { ChatModel, ModelPart } from '../../../src/core/ports/models.ts';
import { collect, KEY, question } from './providers.ts';

/** An answer to be sent as it is: pieces of a body, each a chunk of its own. */
export interface Body {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pieces: readonly (string | Uint8Array)[];
}

export interface Sent {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A `fetch` that gives these answers in turn, the last one for ever, and keeps what it was asked. */
export function fetchOf(...bodies: readonly Body[]): { readonly fetch: typeof fetch; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = (url, init) => {
    const body = bodies[Math.min(sent.length, bodies.length - 1)] ?? { pieces: [] };
    sent.push({ url: url as string, body: JSON.parse(init?.body as string) as Sent['body'] });
    const { status = 200, headers = { 'content-type': 'text/event-stream' }, pieces } = body;
    return Promise.resolve(new Response(streamOf(pieces), { status, headers }));
  };
  return { fetch, sent };
}

function streamOf(pieces: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const rest = pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece));
  return new ReadableStream({
    pull(controller) {
      const next = rest.shift();
      if (next === undefined) controller.close();
      else if (next.length > 0) controller.enqueue(next);
      else this.pull?.(controller);
    },
  });
}

export const optionsOf = (fetch: typeof globalThis.fetch): EndpointOptions => ({
  endpoint: parseModelEndpoint('https://models.example/v1'),
  apiKey: KEY,
  model: 'model-1',
  now: () => Date.UTC(2026, 10, 30, 12, 0, 0),
  fetch,
});

export const openaiOver = (fetch: typeof globalThis.fetch): ChatModel =>
  createOpenaiChatModel(optionsOf(fetch));
export const anthropicOver = (fetch: typeof globalThis.fetch): ChatModel =>
  createAnthropicChatModel(optionsOf(fetch));

export interface Told {
  /** Without what was retracted. */
  readonly text: string;
  readonly reasoning: string;
  readonly parts: readonly ModelPart[];
  readonly stopReason: string | undefined;
  readonly error: unknown;
}

export async function tell(model: ChatModel, request = question): Promise<Told> {
  const { parts, error } = await collect(model.stream(request, new AbortController().signal));
  let [text, reasoning] = ['', ''];
  for (const part of parts) {
    if (part.type === 'retract') [text, reasoning] = ['', reasoning + text];
    if (part.type === 'text') text += part.text;
    if (part.type === 'reasoning') reasoning += part.text;
  }
  const last = parts.at(-1);
  return { text, reasoning, parts, stopReason: last?.type === 'done' ? last.stopReason : undefined, error };
}

export const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
export const C = (delta: object, more: object = {}) => data({ choices: [{ index: 0, delta, ...more }] });
export const END = `${data({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`;
