/** How patient one kind of call is. Times are in milliseconds. */
export interface CallPolicy {
  /** From sending a request to the first part of its answer, be it that the model thinks. */
  readonly firstTokenMs: number;
  /** Between two parts of an answer. Time that the reader of the stream takes does not count. */
  readonly idleMs: number;
  /** The whole call, waits and repeated attempts included. */
  readonly totalMs: number;
  /** Requests sent at most, 1 or more; a further one only while no text has arrived. */
  readonly attempts: number;
  /** The wait before attempt n + 1 is drawn between 0 and `backoffMs` × 2ⁿ⁻¹, at most `maxBackoffMs`. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  /** When an endpoint asks for a longer wait than this, the call fails at once and says so. */
  readonly maxRetryAfterMs: number;
}

/** Somebody watches the answer come in and can stop it. Some models reason first without a word. */
export const chatPolicy: CallPolicy = {
  firstTokenMs: 90_000,
  idleMs: 30_000,
  totalMs: 10 * 60_000,
  attempts: 3,
  backoffMs: 500,
  maxBackoffMs: 8_000,
  maxRetryAfterMs: 20_000,
};

/** Worth nothing once the person has typed on, so it is never repeated. */
export const completionPolicy: CallPolicy = {
  firstTokenMs: 3_000,
  idleMs: 1_500,
  totalMs: 5_000,
  attempts: 1,
  backoffMs: 0,
  maxBackoffMs: 0,
  maxRetryAfterMs: 0,
};

/** Evaluations and background work: nobody waits, so rate limits are sat out. */
export const batchPolicy: CallPolicy = {
  ...chatPolicy,
  attempts: 6,
  maxBackoffMs: 30_000,
  maxRetryAfterMs: 120_000,
};

/** A person waits for the search that needs this vector; without it, words alone find the answer. */
export const queryEmbeddingPolicy: CallPolicy = { ...completionPolicy, firstTokenMs: 2_000, totalMs: 2_000 };

/** Later than this an order of texts is not worth waiting for: the search has one of its own. */
export const rerankPolicy: CallPolicy = { ...completionPolicy, firstTokenMs: 3_000, totalMs: 3_000 };
