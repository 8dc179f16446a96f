/** Base of every error that Touchstone raises on purpose. The message tells a person what is wrong and what to do. */
export abstract class TouchstoneError extends Error {
  /** Survives minification, unlike the class's own name. */
  abstract override readonly name: string;
  /** Stable, kebab-case: programs decide by this, never by the message. */
  abstract readonly code: string;
}

/**
 * True for what `AbortSignal.throwIfAborted` throws by default. Cancellation has no class of its own: passing the
 * signal's reason on keeps one convention for our code and `fetch`.
 */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** What to show or log of anything that was thrown: the message of an error, and everything else as text. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
