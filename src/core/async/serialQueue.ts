/** Runs asynchronous work one piece at a time, in the order it was given. */
export class SerialQueue {
  #last: Promise<void> = Promise.resolve();

  /** Rejects with the signal's reason when it aborts before the work's turn; later it is up to the work. */
  run<T>(work: () => T | Promise<T>, signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      signal?.throwIfAborted();
      const giveUp = () => {
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#last = this.#last
        .then(() => {
          signal?.removeEventListener('abort', giveUp);
          signal?.throwIfAborted();
          return work();
        })
        .then(resolve, reject);
    });
  }

  /** Resolves when everything given so far has ended. */
  idle(): Promise<void> {
    return this.#last;
  }
}
