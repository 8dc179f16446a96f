import { ModelCutOffError, type ModelDeadline, ModelTimeoutError } from '../errors/modelErrors.ts';
import type { Clock } from '../ports/runtime.ts';
import type { CallPolicy } from './callPolicy.ts';
import type { ModelPart } from '../ports/models.ts';
import { untilAborted } from '../async/untilAborted.ts';

export interface AttemptOptions {
  readonly endpoint: string;
  readonly clock: Clock;
  readonly policy: Pick<CallPolicy, 'firstTokenMs' | 'idleMs'>;
  /** Sends the request once. */
  readonly open: (signal: AbortSignal) => AsyncIterable<ModelPart>;
}

/**
 * One attempt at an answer. It ends when the model is done, when a deadline passes or when `signal` aborts, whether or not
 * the adapter takes notice; however it ends, the adapter's signal is aborted, so that no connection stays open.
 */
export async function* runAttempt(options: AttemptOptions, signal: AbortSignal): AsyncGenerator<ModelPart> {
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  const parts = options.open(either)[Symbol.asyncIterator]();
  let receivedLength = 0;
  let deadline: ModelDeadline = 'first-token';
  try {
    for (;;) {
      const stopTimer = startDeadline(deadline, options, own);
      const next = await untilAborted(parts.next(), either).finally(stopTimer);
      if (next.done === true) throw new ModelCutOffError(options.endpoint, receivedLength);
      // Counts of the prompt may come before the model has begun to think.
      if (next.value.type !== 'usage') deadline = 'idle';
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
