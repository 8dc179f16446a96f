import type { ChatModel, ChatRequest, ModelPart } from '../../core/ports/models.ts';
import type { TokenUsage } from '../../core/shared/provenance.ts';
import type { TimedPart } from './recording.ts';
import type { ReplayCache } from './replayCache.ts';
import type { Trial } from './replayCache.ts';

/** What one call of a model came to. A replayed one has the times of its recording. */
export interface WatchedCall {
  readonly isReplayed: boolean;
  /** Null when no text came. */
  readonly firstTokenMs: number | null;
  readonly elapsedMs: number;
  readonly usage: TokenUsage | undefined;
  /** What the stream ended with in place of an answer. */
  readonly failure: unknown;
}

interface WatchOptions {
  /** Absent when every answer is to be the model's own. */
  readonly cache: ReplayCache | undefined;
  readonly trial: Trial;
  /** Milliseconds since any moment. */
  readonly stopwatch: () => number;
}

/** A model of the same shape whose answers may be replayed, and whose calls can be looked at afterwards. */
export class WatchedModel implements ChatModel {
  readonly id: string;
  readonly endpoint: string;
  readonly calls: WatchedCall[] = [];
  readonly #model: ChatModel;
  readonly #options: WatchOptions;

  constructor(model: ChatModel, options: WatchOptions) {
    this.id = model.id;
    this.endpoint = model.endpoint;
    this.#model = model;
    this.#options = options;
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const { cache, trial } = this.#options;
    const ask = () => this.#ask(request, signal);
    let call: WatchedCall = emptyCall;
    try {
      const answer = cache?.answer(this, request, trial, ask) ?? { isReplayed: false, parts: ask() };
      call = { ...call, isReplayed: answer.isReplayed };
      for await (const timed of answer.parts) {
        signal.throwIfAborted();
        call = withPart(call, timed);
        yield timed.part;
      }
    } catch (failure) {
      call = { ...call, failure };
      throw failure;
    } finally {
      this.calls.push(call);
    }
  }

  async *#ask(request: ChatRequest, signal: AbortSignal): AsyncGenerator<TimedPart> {
    const { stopwatch } = this.#options;
    const started = stopwatch();
    for await (const part of this.#model.stream(request, signal)) {
      yield { atMs: Math.round(stopwatch() - started), part };
    }
  }
}

const emptyCall: WatchedCall = {
  isReplayed: false,
  firstTokenMs: null,
  elapsedMs: 0,
  usage: undefined,
  failure: undefined,
};

function withPart(call: WatchedCall, { atMs, part }: TimedPart): WatchedCall {
  return {
    ...call,
    elapsedMs: atMs,
    firstTokenMs: call.firstTokenMs ?? (part.type === 'text' ? atMs : null),
    usage: part.type === 'usage' ? part.usage : call.usage,
  };
}
