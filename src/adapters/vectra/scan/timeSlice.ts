import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long the thread is kept; what is done between two looks at the clock comes on top. */
const SLICE_MS = 3;

/** Lets long work make way for others on its thread. */
export class TimeSlice {
  #start = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#start > SLICE_MS;
  }

  /** Begins another slice once the others have had their turn. */
  async rest(): Promise<void> {
    await nextTurn();
    this.#start = performance.now();
  }
}
