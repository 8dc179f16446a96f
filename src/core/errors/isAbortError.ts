/**
 * True for what `AbortSignal.throwIfAborted` throws by default. Cancellation has no class of its own: passing the
 * signal's reason on keeps one convention for our code, `fetch` and the SDKs.
 */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
