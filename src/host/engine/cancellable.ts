/**
 * Starts `work`, and rejects with the signal's reason as soon as it aborts, after calling `cancel` once. What the
 * abandoned work answers later is ignored.
 */
export async function cancellable<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
  cancel: () => void,
): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => {
    cancel();
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
