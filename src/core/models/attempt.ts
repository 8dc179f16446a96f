import { ModelCutOffError, type ModelDeadline, ModelTimeoutError } from '../errors/modelErrors.ts';
import type { Clock } from '../ports/runtime.ts';
import type { CallPolicy } from './callPolicy.ts';
import type { ModelPart, OnAlive } from '../ports/models.ts';
import { untilAborted } from '../async/untilAborted.ts';

export interface AttemptOptions {
  readonly endpoint: string;
  readonly clock: Clock;
  readonly policy: Pick<CallPolicy, 'firstTokenMs' | 'idleMs'>;
  /** Sends the request once. */
  readonly open: (signal: AbortSignal, onAlive: OnAlive) => AsyncIterable<ModelPart>;
}

/**
 * One attempt at an answer. It ends when the model is done, when a deadline passes or when `signal` aborts, whether or not
 * the adapter takes notice. Signs of life begin the wait for the next part anew: that they are not endless is for the
 * deadline of the whole call to see to. However it ends, the adapter's signal is aborted, so that no connection stays open.
 */
export async function* runAttempt(options: AttemptOptions, signal: AbortSignal): AsyncGenerator<ModelPart> {
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  let stopTimer: () => void = nothing;
  let isWaiting = false;
  let deadline: ModelDeadline = 'first-token';
  const startTimer = () => {
    stopTimer();
    stopTimer = startDeadline(deadline, options, own);
  };
  const onAlive = () => {
    // The time that the reader of the stream takes does not count.
    if (isWaiting) startTimer();
  };
  const parts = options.open(either, onAlive)[Symbol.asyncIterator]();
  let receivedLength = 0;
  try {
    for (;;) {
      isWaiting = true;
      startTimer();
      const next = await untilAborted(parts.next(), either).finally(() => {
        isWaiting = false;
        stopTimer();
      });
      if (next.done === true) throw new ModelCutOffError(options.endpoint, receivedLength);
      // Until then a model may think, and show nothing of it but signs of life, each of which begins the wait anew.
      if (next.value.type === 'text' || next.value.type === 'tool-call') deadline = 'idle';
      if (next.value.type === 'text') receivedLength += next.value.text.length;
      yield next.value;
      if (next.value.type === 'done') return;
    }
  } finally {
    own.abort();
    void parts.return?.().catch(() => undefined);
  }
}

function startDeadline(
  deadline: ModelDeadline,
  { clock, endpoint, policy }: AttemptOptions,
  own: AbortController,
): () => void {
  const limitMs = deadline === 'first-token' ? policy.firstTokenMs : policy.idleMs;
  return clock.setTimer(() => {
    own.abort(new ModelTimeoutError(endpoint, deadline, limitMs));
  }, limitMs);
}

function nothing(): void {
  // No timer runs yet.
}
