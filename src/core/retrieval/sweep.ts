import type { PostingLists } from './postingLists.ts';

/** Removes dead texts' postings bit by bit, so that no single call pauses a query for long. */
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
    this.#waiting = this.#waiting.concat(texts);
  }

  /** Begins to remove all that are marked, from the terms below `termEnd`. */
  start(termEnd: number): void {
    this.#doomed = this.#waiting;
    this.#waiting = [];
    this.#nextTerm = 0;
    this.#termEnd = termEnd;
  }

  /** Goes through lists of about `budget` postings; returns the texts that are clean when this ended the sweep. */
  step(budget: number): readonly number[] {
    let left = budget;
    while (this.isRunning && left > 0) {
      const term = this.#nextTerm++;
      for (const lists of this.#lists) {
        left -= 1 + lists.count(term);
        lists.retain(term, this.#isLive);
      }
    }
    if (this.isRunning) return [];
    const clean = this.#doomed;
    this.#doomed = [];
    return clean;
  }
}
