import type { EmbeddingAnswer, EmbeddingModel, EmbeddingRequest } from '../../../src/core/ports/models.ts';
import { untilAborted } from '../../../src/core/async/untilAborted.ts';

/** What the model does with one request: throws, waits for the test, or answers. */
export type Reply = Error | Promise<unknown> | undefined;

/** Embeds a text as its length and its first character, after what `reply` says for the n-th request. */
export class FakeEmbeddingModel implements EmbeddingModel {
  readonly id = 'test:embedding';
  readonly endpoint = 'host';
  readonly limits = { texts: 2, tokens: 1000, tokensPerText: 100 };
  readonly requests: EmbeddingRequest[] = [];
  running = 0;
  mostRunning = 0;
  readonly #reply: (number: number, request: EmbeddingRequest) => Reply;

  constructor(reply: (number: number, request: EmbeddingRequest) => Reply = () => undefined) {
    this.#reply = reply;
  }

  async embed(request: EmbeddingRequest, signal: AbortSignal): Promise<EmbeddingAnswer> {
    this.requests.push(request);
    this.running++;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    try {
      const reply = this.#reply(this.requests.length - 1, request);
      if (reply instanceof Error) throw reply;
      await (reply && untilAborted(reply, signal));
      signal.throwIfAborted();
      const vectors = request.texts.map((text) => Float32Array.of(text.length, text.charCodeAt(0)));
      return { vectors, inputTokens: request.texts.length };
    } finally {
      this.running--;
    }
  }
}
