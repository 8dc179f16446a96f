/** Wall clock and timers, so that time-dependent rules can be tested without waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `callback` once after `delayMs`; the returned function cancels it and may be called at any time. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** A levelled log. Never pass user code or keys at `info` or above. */
export interface Logger {
  debug(message: string, details?: unknown): void;
  info(message: string, details?: unknown): void;
  warn(message: string, details?: unknown): void;
  error(message: string, details?: unknown): void;
}

/** SHA-256 of the bytes, in lower-case hex. */
export type Digest = (bytes: Uint8Array) => string;
