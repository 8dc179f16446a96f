import {
  ModelCutOffError,
  ModelError,
  ModelRateLimitError,
  ModelTimeoutError,
  ModelUnavailableError,
} from '../errors/modelErrors.ts';
import { TouchstoneError } from '../errors/touchstoneError.ts';
import type { ChatModel, CompletionModel, EmbeddingModel, ModelPart, RerankModel } from '../ports/models.ts';
import type { EndpointRests } from '../ports/endpointRests.ts';
import type { Clock } from '../ports/runtime.ts';
import { runAttempt, type AttemptOptions } from './attempt.ts';
import type { CallEvent, CallPurpose } from './callEvent.ts';
import type { CallPolicy } from './callPolicy.ts';
import { CallRecorder } from './callRecorder.ts';
import { breakerPolicy, CircuitBreaker, type BreakerPass, type BreakerPolicy } from './circuitBreaker.ts';
import type { TokenUsage } from '../shared/provenance.ts';
import { pause } from '../async/pause.ts';
import { withoutUnseen } from '../text/unseen.ts';
import { redactChat, redactFill, type Redact } from './redactRequest.ts';
import { retryDelayMs } from './retryDelay.ts';

export interface ModelClientOptions {
  readonly clock: Clock;
  /** Uniform in 0 ≤ x < 1, for jitter. */
  readonly random: () => number;
  /** Applied to all text that goes out, after characters that a person does not see are gone from it. */
  readonly redact?: Redact;
  /** Hears of every call as it happens; must not throw. */
  readonly observe?: (event: CallEvent) => void;
  /** US dollars for a call of the model with that id, null when its price is not known. */
  readonly costOf?: (model: string, usage: TokenUsage) => number | null;
  readonly breaker?: BreakerPolicy;
  /** Shared with the other clients of the process, so that all leave an endpoint alone when one of them has to. */
  readonly rests?: EndpointRests;
}

type Open = AttemptOptions['open'];

interface Call extends Omit<AttemptOptions, 'policy' | 'clock'> {
  readonly policy: CallPolicy;
  readonly breaker: CircuitBreaker;
  readonly record: CallRecorder;
}

/**
 * The one way to call a model. Each method wraps an adapter into a model of the same shape whose calls have deadlines, are repeated while nothing has arrived, spare endpoints that are down, are redacted and are recorded.
 * Each worker has a client of its own; what they learn about endpoints that want to be left alone travels between them by
 * `rests`. Outages that have not led to a pause yet are counted by each client for itself.
 */
export class ModelClient {
  readonly #options: ModelClientOptions;
  readonly #clean: Redact;
  readonly #breakers = new Map<string, CircuitBreaker>();
  #calls = 0;

  constructor(options: ModelClientOptions) {
    this.#options = options;
    const { redact = unchanged } = options;
    // First, as they may stand in a key and hide it.
    this.#clean = (text) => redact(withoutUnseen(text));
    options.rests?.listen(({ purpose, endpoint, ...rest }) => {
      this.#breakerOf(endpoint, purpose).rest(rest);
    });
  }

  chat(model: ChatModel, policy: CallPolicy): ChatModel {
    return {
      id: model.id,
      endpoint: model.endpoint,
      stream: (request, signal) => {
        const sent = redactChat(request, this.#clean);
        const open: Open = (inner, onAlive) => model.stream(sent, inner, onAlive);
        return this.#run('chat', model, policy, open, signal);
      },
    };
  }

  completion(model: CompletionModel, policy: CallPolicy): CompletionModel {
    return {
      id: model.id,
      endpoint: model.endpoint,
      prompt: () => model.prompt?.(),
      complete: (request, signal) => {
        const sent = redactFill(request, this.#clean);
        const open: Open = (inner, onAlive) => model.complete(sent, inner, onAlive);
        return this.#run('fill', model, policy, open, signal);
      },
    };
  }

  embedding(model: EmbeddingModel, policy: CallPolicy): EmbeddingModel {
    return {
      id: model.id,
      endpoint: model.endpoint,
      limits: model.limits,
      embed: (request, signal) => {
        const sent = { ...request, texts: request.texts.map(this.#clean) };
        const send = (inner: AbortSignal) => model.embed(sent, inner);
        return this.#runWhole('embed', model, policy, send, signal);
      },
    };
  }

  reranking(model: RerankModel, policy: CallPolicy): RerankModel {
    return {
      id: model.id,
      endpoint: model.endpoint,
      rank: ({ query, texts }, signal) => {
        const sent = { query: this.#clean(query), texts: texts.map(this.#clean) };
        return this.#runWhole('rerank', model, policy, (inner) => model.rank(sent, inner), signal);
      },
    };
  }

  /** A call whose answer comes as a whole: to the rest it is a stream of one last part. */
  async #runWhole<T extends { readonly inputTokens: number | undefined }>(
    purpose: CallPurpose,
    model: Pick<ChatModel, 'id' | 'endpoint'>,
    policy: CallPolicy,
    send: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    let answer: T | undefined;
    const open = async function* (inner: AbortSignal): AsyncGenerator<ModelPart> {
      answer = await send(inner);
      const { inputTokens } = answer;
      if (inputTokens !== undefined) yield { type: 'usage', usage: { inputTokens, outputTokens: 0 } };
      yield { type: 'done', stopReason: 'stop' };
    };
    for await (const part of this.#run(purpose, model, policy, open, signal)) {
      if (part.type === 'done' && answer) return answer;
    }
    throw new ModelCutOffError(model.endpoint, 0);
  }

  async *#run(
    purpose: CallPurpose,
    model: Pick<ChatModel, 'id' | 'endpoint'>,
    policy: CallPolicy,
    open: Open,
    signal: AbortSignal,
  ): AsyncGenerator<ModelPart> {
    const { clock } = this.#options;
    const record = this.#startRecord(purpose, model);
    const { endpoint } = model;
    const total = new AbortController();
    const stopTimer = clock.setTimer(() => {
      total.abort(new ModelTimeoutError(endpoint, 'total', policy.totalMs));
    }, policy.totalMs);
    try {
      signal.throwIfAborted();
      const call = { endpoint, policy, open, record, breaker: this.#breakerOf(endpoint, purpose) };
      yield* this.#retry(call, AbortSignal.any([signal, total.signal]));
      record.ended('done');
    } catch (error) {
      signal.throwIfAborted();
      record.ended('failed', error instanceof TouchstoneError ? error.code : 'unexpected');
      throw error;
    } finally {
      stopTimer();
      record.ended('abandoned');
    }
  }

  async *#retry(call: Call, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const { clock, random } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        yield* this.#attempt(call, attempt, signal);
        return;
      } catch (error) {
        // What was shown cannot be taken back, so an answer that has begun is never begun again.
        if (signal.aborted || !(error instanceof ModelError) || call.record.hasBegun) throw error;
        const delayMs = retryDelayMs(error, attempt, call.policy, random);
        if (delayMs === undefined) throw error;
        call.record.retrying(error.code, delayMs);
        await pause(clock, delayMs, signal);
      }
    }
  }

  async *#attempt(call: Call, attempt: number, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const pass = enter(call);
    call.record.sent(attempt);
    try {
      for await (const part of runAttempt({ ...call, clock: this.#options.clock }, signal)) {
        pass.succeed();
        call.record.received(part);
        yield part;
      }
    } catch (error) {
      if (error instanceof ModelError) report(error, pass);
      throw error;
    } finally {
      pass.leave();
    }
  }

  #startRecord(purpose: CallPurpose, model: Pick<ChatModel, 'id' | 'endpoint'>): CallRecorder {
    const { clock, observe = ignore, costOf = () => null } = this.#options;
    const now = () => clock.now();
    return new CallRecorder({ call: ++this.#calls, model, purpose, now, observe, costOf });
  }

  /** One a purpose: a chat that may think for a minute is not stopped because completions come too late to be of use. */
  #breakerOf(endpoint: string, purpose: string): CircuitBreaker {
    const { clock, breaker: policy = breakerPolicy, rests } = this.#options;
    const key = `${purpose} ${endpoint}`;
    const known = this.#breakers.get(key);
    if (known) return known;
    const breaker = new CircuitBreaker(
      () => clock.now(),
      policy,
      (rest) => rests?.announce({ ...rest, purpose, endpoint }),
    );
    this.#breakers.set(key, breaker);
    return breaker;
  }
}

function enter({ breaker, endpoint }: Call): BreakerPass {
  const entry = breaker.enter();
  if (!('because' in entry)) return entry;
  throw entry.because === 'hold'
    ? new ModelRateLimitError(endpoint, 'busy', entry.remainingMs)
    : new ModelUnavailableError(endpoint, 'paused', { retryAfterMs: entry.remainingMs, cause: entry.why });
}

function report(error: ModelError, pass: BreakerPass): void {
  if (error.retryAfterMs !== undefined) pass.hold(error.retryAfterMs);
  if (error.isOutage) pass.fail(error);
  // A deadline of our own proves nothing; every other refusal was said by an endpoint that works.
  else if (!(error instanceof ModelTimeoutError)) pass.succeed();
}

function unchanged(text: string): string {
  return text;
}

function ignore(): void {
  // Nobody asked to be told.
}
