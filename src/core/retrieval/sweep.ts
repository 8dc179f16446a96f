import type { PostingLists } from './postingLists.ts';

/** Removes dead chunks' postings bit by bit, so that no single call pauses a query for long. */
export class Sweep {
  readonly #postings: PostingLists;
  readonly #isLive: (chunk: number) => boolean;
  /** Dead when the running sweep began: clean once it ends. */
  #doomed: readonly number[] = [];
  #waiting: number[] = [];
  #nextTerm = 0;
  #termEnd = 0;

  constructor(postings: PostingLists, isLive: (chunk: number) => boolean) {
    this.#postings = postings;
    this.#isLive = isLive;
  }

  get isRunning(): boolean {
    return this.#nextTerm < this.#termEnd;
  }

  /** Dead chunks no running sweep removes yet. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  mark(chunks: readonly number[]): void {
    this.#waiting = this.#waiting.concat(chunks);
  }

  /** Begins to remove all that are marked, from the terms below `termEnd`. */
  start(termEnd: number): void {
    this.#doomed = this.#waiting;
    this.#waiting = [];
    this.#nextTerm = 0;
    this.#termEnd = termEnd;
  }

  /** Goes through lists of about `budget` postings; returns the chunks that are clean when this ended the sweep. */
  step(budget: number): readonly number[] {
    let left = budget;
    while (this.isRunning && left > 0) {
      const term = this.#nextTerm++;
      left -= 1 + this.#postings.count(term);
      this.#postings.retain(term, this.#isLive);
    }
    if (this.isRunning) return [];
    const clean = this.#doomed;
    this.#doomed = [];
    return clean;
  }
}
