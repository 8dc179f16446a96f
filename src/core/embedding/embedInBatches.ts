import { greatest } from '../shared/greatest.ts';
import { pause } from '../async/pause.ts';
import {
  ModelCutOffError,
  ModelError,
  ModelRequestError,
  ModelTimeoutError,
  ModelUnavailableError,
} from '../errors/modelErrors.ts';
import type { EmbeddingModel } from '../ports/models.ts';
import type { Clock } from '../ports/runtime.ts';
import { cutToTokens } from '../prompts/cutToTokens.ts';
import { estimateTokens } from '../prompts/estimateTokens.ts';
import type { AdaptiveConcurrency } from './adaptiveConcurrency.ts';
import { BatchSize } from './batchSize.ts';
import { type EmbeddingBatch, embeddingBatches } from './embeddingBatches.ts';

export interface BatchEmbedding {
  /** Wrapped by the model client, which has repeated a failed call already when it gives up. */
  readonly model: EmbeddingModel;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Kept from one list of texts to the next: what the provider can bear does not change in between. */
  readonly concurrency: AdaptiveConcurrency;
  /** Kept likewise. */
  readonly size: BatchSize;
  /** The vectors of texts `start`, `start + 1`, …: called as they arrive, in any order, and waited for. */
  readonly onVectors: (start: number, vectors: readonly Float32Array[]) => Promise<void>;
  /** The provider wants a rest, or is away, and is asked again after so many milliseconds. */
  readonly onWaiting: (error: ModelError, delayMs: number) => void;
}

/** A provider that is away is asked again after this, doubled each time. */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 120_000;
/** One that asks for a longer rest is asked again after this: its clock may be wrong, or its limits raised meanwhile. */
const LONGEST_REST_MS = 15 * 60_000;
/** What is under way when all is given up is paid for, so it gets this long to arrive. */
const GRACE_MS = 20_000;

interface Sending extends BatchEmbedding {
  /** Aborts when nothing more is to be sent. */
  readonly goOn: AbortSignal;
}

/**
 * Embeds texts of documents, several requests at a time. What can pass, say a rate limit or a server that is away, is
 * waited out for as long as it takes; nobody waits for this. A request that is too large is cut in two. Rejects when
 * nothing can come of waiting (no key, an unknown model, a server that breaks down over one text every time) or `signal`
 * aborts; vectors that have been passed on stay so.
 */
export async function embedInBatches(texts: readonly string[], work: BatchEmbedding): Promise<void> {
  const { model, clock, concurrency } = work;
  const [failed, late] = [new AbortController(), new AbortController()];
  const sending: Sending = {
    ...work,
    signal: AbortSignal.any([work.signal, late.signal]),
    goOn: AbortSignal.any([work.signal, failed.signal]),
  };
  const running = new Set<Promise<unknown>>();
  try {
    for (const batch of embeddingBatches(texts, model.limits)) {
      while (running.size >= concurrency.limit) await Promise.race(running);
      const one: Promise<unknown> = embedBatch(batch, sending).finally(() => running.delete(one));
      running.add(one);
    }
    await Promise.all(running);
  } catch (error) {
    failed.abort(error);
    const stopTimer = clock.setTimer(() => {
      late.abort(error);
    }, GRACE_MS);
    await Promise.allSettled(running);
    stopTimer();
    throw error;
  }
}

/** Resolves to whether the batch was taken as a whole. */
async function embedBatch(batch: EmbeddingBatch, work: Sending, earlier = 0): Promise<boolean> {
  const { model, clock, signal, goOn, concurrency, size } = work;
  if (batch.texts.length > size.most) return embedParts(splitBatch(batch), work);
  let breakdowns = earlier;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    goOn.throwIfAborted();
    try {
      const { vectors } = await model.embed({ texts: batch.texts, kind: 'document' }, signal);
      concurrency.succeeded();
      await work.onVectors(batch.start, vectors);
      return true;
    } catch (error) {
      if (signal.aborted || !(error instanceof ModelError)) throw error;
      if (isBreakdown(error)) breakdowns++;
      const isSure = isTooLarge(error, batch);
      const parts = partsInstead(batch, isSure, breakdowns);
      if (parts.length === 0 && (!canPass(error) || breakdowns >= MOST_BREAKDOWNS)) throw error;
      if (canPass(error)) {
        concurrency.throttled();
        const delayMs = Math.min(LONGEST_REST_MS, Math.max(waitMs, error.retryAfterMs ?? 0));
        work.onWaiting(error, delayMs);
        await pause(clock, delayMs, goOn);
      }
      if (parts.length === 0) continue;
      // Who broke down over the whole need not do so three times over each part of it.
      return embedParts(
        parts,
        isSure ? work : { ...work, size: new BatchSize() },
        isSure ? 0 : SPLIT_AFTER - 1,
      );
    }
  }
}

/** What to send in place of a batch that failed; nothing to send it again as it is. */
function partsInstead(
  batch: EmbeddingBatch,
  isTooLarge: boolean,
  breakdowns: number,
): readonly EmbeddingBatch[] {
  return isTooLarge || (breakdowns >= SPLIT_AFTER && batch.texts.length > 1) ? splitBatch(batch) : [];
}

/** Resolves to false. */
async function embedParts(parts: readonly EmbeddingBatch[], work: Sending, breakdowns = 0): Promise<boolean> {
  const wereWhole: boolean[] = [];
  for (const part of parts) wereWhole.push(await embedBatch(part, work, breakdowns));
  // Otherwise a single text may have been what was too large.
  const isEnough = parts.length > 1 && wereWhole.every((isWhole) => isWhole);
  if (isEnough) work.size.wasCutTo(greatest(parts.map(({ texts }) => texts.length)));
  return false;
}

/** A server that is merely slow may do half of it in time. */
function isTooLarge(error: ModelError, { texts }: EmbeddingBatch): boolean {
  if (error instanceof ModelTimeoutError) return texts.length > 1;
  return error instanceof ModelRequestError && error.problem === 'too-large';
}

/** A server that breaks down over the same texts again and again may bear half of them, whatever it says. */
const SPLIT_AFTER = 3;

/**
 * After so many, each of them several attempts with longer and longer waits between, a text that is alone in its request is
 * given up, and with it the work: with the server's own words, not after a night of waiting.
 */
const MOST_BREAKDOWNS = 8;
/** The server is not there, or wants to be left alone. That is waited out. */
const AWAY: ReadonlySet<string> = new Set(['refused', 'dns', 'paused', 'loading']);

/** The server was reached, and did not get done: status 500 and its kin, connections that break off, silence. */
function isBreakdown(error: ModelError): boolean {
  if (error instanceof ModelTimeoutError || error instanceof ModelCutOffError) return true;
  return (
    error instanceof ModelUnavailableError && !AWAY.has(error.problem) && error.retryAfterMs === undefined
  );
}

/** Waiting helps also where a call fails at once because its endpoint is left alone for a while. */
function canPass(error: ModelError): boolean {
  if (error instanceof ModelTimeoutError) return true;
  return error.isTransient || (error instanceof ModelUnavailableError && error.problem === 'paused');
}

/** Shorter beginnings of a text say too little to be worth a vector. */
const SHORTEST_TOKENS = 32;

/**
 * What to send in place of a batch that was too large: its halves, or the first half of its only text. Nothing when that
 * is short already, so that its size cannot be what is wrong.
 */
function splitBatch({ start, texts }: EmbeddingBatch): readonly EmbeddingBatch[] {
  if (texts.length > 1) {
    const middle = Math.ceil(texts.length / 2);
    return [batchOf(start, texts.slice(0, middle)), batchOf(start + middle, texts.slice(middle))];
  }
  const [text = ''] = texts;
  const tokens = Math.floor(estimateTokens(text) / 2);
  return tokens < SHORTEST_TOKENS ? [] : [batchOf(start, [cutToTokens(text, tokens, estimateTokens)])];
}

function batchOf(start: number, texts: readonly string[]): EmbeddingBatch {
  return { start, texts, tokens: texts.reduce((sum, text) => sum + estimateTokens(text), 0) };
}
