import { ModelError } from '../errors/modelError.ts';
import { ModelUnavailableError } from '../errors/modelUnavailableError.ts';
import { pause } from '../models/pause.ts';
import type { Clock, EmbeddingModel } from '../ports.ts';
import type { AdaptiveConcurrency } from './adaptiveConcurrency.ts';
import { embeddingBatches, type EmbeddingBatch } from './embeddingBatches.ts';

export interface BatchEmbedding {
  /** Wrapped by the model client, which has repeated a failed call already when it gives up. */
  readonly model: EmbeddingModel;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Kept from one list of texts to the next: what the provider can bear does not change in between. */
  readonly concurrency: AdaptiveConcurrency;
  /** The vectors of texts `start`, `start + 1`, …: called as they arrive, in any order, and waited for. */
  readonly onVectors: (start: number, vectors: readonly Float32Array[]) => Promise<void>;
  /** The provider wants a rest, or is away, and is asked again after so many milliseconds. */
  readonly onWaiting: (error: ModelError, delayMs: number) => void;
}

/** A provider that is away is asked again after this, doubled each time. */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 120_000;

/**
 * Embeds texts of documents, several requests at a time. What can pass, say a rate limit or a server that is down, is
 * waited out for as long as it takes; nobody waits for this. Rejects when nothing can come of waiting (no key, an unknown
 * model) or `signal` aborts; vectors that have been passed on stay so.
 */
export async function embedInBatches(texts: readonly string[], work: BatchEmbedding): Promise<void> {
  const { model, concurrency } = work;
  const failed = new AbortController();
  const signal = AbortSignal.any([work.signal, failed.signal]);
  const running = new Set<Promise<void>>();
  try {
    for (const batch of embeddingBatches(texts, model.limits)) {
      while (running.size >= concurrency.limit) await Promise.race(running);
      const one: Promise<void> = embedBatch(batch, { ...work, signal }).finally(() => running.delete(one));
      running.add(one);
    }
    await Promise.all(running);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(running);
    throw error;
  }
}

async function embedBatch(batch: EmbeddingBatch, work: BatchEmbedding): Promise<void> {
  const { model, clock, signal, concurrency } = work;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      const { vectors } = await model.embed({ texts: batch.texts, kind: 'document' }, signal);
      concurrency.succeeded();
      await work.onVectors(batch.start, vectors);
      return;
    } catch (error) {
      if (signal.aborted || !(error instanceof ModelError) || !canPass(error)) throw error;
      concurrency.throttled();
      const delayMs = Math.max(waitMs, error.retryAfterMs ?? 0);
      work.onWaiting(error, delayMs);
      await pause(clock, delayMs, signal);
    }
  }
}

/** Waiting helps also where a call fails at once because its endpoint is left alone for a while. */
function canPass(error: ModelError): boolean {
  return error.isTransient || (error instanceof ModelUnavailableError && error.problem === 'paused');
}
