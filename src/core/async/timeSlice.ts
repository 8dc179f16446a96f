/** Longest stretch of work, in ms, before a thread's other tasks get their turn: a keystroke may be among them. */
const SLICE_MS = 4;

/** Of Node, not of the library that core is compiled with: a timer in its place would idle for a millisecond each time. */
declare const setImmediate: (callback: () => void) => unknown;

/** Resolves once the timers and messages that wait for this thread have had their turn. */
export function nextTurn(): Promise<void> {
  return new Promise<void>((resume) => {
    setImmediate(resume);
  });
}

/** Lets long work make way for others on its thread. */
export class TimeSlice {
  readonly #sliceMs: number;
  #start = performance.now();

  constructor(sliceMs = SLICE_MS) {
    this.#sliceMs = sliceMs;
  }

  /** Costs a look at the clock. */
  get isOver(): boolean {
    return performance.now() - this.#start >= this.#sliceMs;
  }

  /** Begins another slice once the others have had their turn. */
  async rest(): Promise<void> {
    await nextTurn();
    this.#start = performance.now();
  }
}

/**
 * What to call between small steps of a long task: rests whenever the slice is used up, and rejects with the signal's
 * reason when it has aborted.
 */
export function createTimeSlice(signal?: AbortSignal, sliceMs?: number): () => Promise<void> {
  const slice = new TimeSlice(sliceMs);
  return async () => {
    signal?.throwIfAborted();
    if (!slice.isOver) return;
    await slice.rest();
    signal?.throwIfAborted();
  };
}
