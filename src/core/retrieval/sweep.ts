import { STEP_POSTINGS, type PostingLists } from './postingLists.ts';

/** Removes dead texts' postings bit by bit, so that no single step pauses a query for long. */
export class Sweep {
  readonly #lists: readonly PostingLists[];
  readonly #isLive: (text: number) => boolean;
  /** Dead when the running sweep began: clean once it ends. */
  #doomed: readonly number[] = [];
  #waiting: number[] = [];
  #nextTerm = 0;
  #termEnd = 0;

  constructor(lists: readonly PostingLists[], isLive: (text: number) => boolean) {
    this.#lists = lists;
    this.#isLive = isLive;
  }

  get isRunning(): boolean {
    return this.#nextTerm < this.#termEnd;
  }

  /** Removed texts no running sweep removes yet. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  mark(texts: readonly number[]): void {
    for (const text of texts) this.#waiting.push(text);
  }

  /** Begins to remove all that are marked, from the terms below `termEnd`. */
  start(termEnd: number): void {
    this.#doomed = this.#waiting;
    this.#waiting = [];
    this.#nextTerm = 0;
    this.#termEnd = termEnd;
  }

  /**
   * Goes through lists of about `budget` postings, a few of them a step; gives the texts that are clean when this ended
   * the sweep. No list may be appended to in between.
   */
  *steps(budget: number): Generator<void, readonly number[]> {
    let inStep = 0;
    for (let left = budget; this.isRunning && left > 0;) {
      const term = this.#nextTerm++;
      for (const lists of this.#lists) {
        const count = lists.count(term);
        left -= 1 + count;
        inStep += 1 + count;
        if (inStep > STEP_POSTINGS) {
          inStep = 1 + count;
          yield;
        }
        if (count > 0) yield* lists.retainIncrementally(term, this.#isLive);
      }
    }
    if (this.isRunning) return [];
    const clean = this.#doomed;
    this.#doomed = [];
    return clean;
  }
}
