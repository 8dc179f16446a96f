import type { ChatModel, ModelPart } from '../../../src/core/ports/models.ts';

/** What a model does next: yields a part, throws an error, or hangs without noticing any abort. */
export type Act = ModelPart | Error | 'hang';

/** A model in memory. Each request plays the next list of acts; the last one stays. */
export class ScriptedModel implements ChatModel {
  readonly id: string;
  readonly endpoint: string;
  readonly requests: unknown[] = [];
  readonly signals: AbortSignal[] = [];
  #scripts: readonly (readonly Act[])[];

  constructor(scripts: readonly (readonly Act[])[], id = 'test:model', endpoint = 'host') {
    this.id = id;
    this.endpoint = endpoint;
    this.#scripts = scripts;
  }

  stream(request: unknown, signal: AbortSignal): AsyncIterable<ModelPart> {
    return this.#play(request, signal);
  }

  complete(request: unknown, signal: AbortSignal): AsyncIterable<ModelPart> {
    return this.#play(request, signal);
  }

  async *#play(request: unknown, signal: AbortSignal): AsyncGenerator<ModelPart> {
    this.requests.push(request);
    this.signals.push(signal);
    const [acts = []] = this.#scripts;
    if (this.#scripts.length > 1) this.#scripts = this.#scripts.slice(1);
    for (const act of acts) {
      if (act === 'hang') await new Promise(() => undefined);
      else if (act instanceof Error) throw act;
      else yield act;
    }
  }
}

export const text = (content: string): ModelPart => ({ type: 'text', text: content });

export const counted: ModelPart = {
  type: 'usage',
  usage: { inputTokens: 10, cachedInputTokens: 4, outputTokens: 2 },
};

export const done: ModelPart = { type: 'done', stopReason: 'stop' };
