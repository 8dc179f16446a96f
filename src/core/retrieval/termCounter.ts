import { NumberColumn } from './numberColumn.ts';

/** Counts the terms of one chunk at a time. */
export class TermCounter {
  readonly #counts = new NumberColumn();
  #seen: number[] = [];
  #total = 0;

  add(terms: readonly number[], times: number): void {
    if (times === 0) return;
    for (const term of terms) {
      const count = this.#counts.get(term);
      if (count === 0) this.#seen.push(term);
      this.#counts.set(term, count + times);
      this.#total += times;
    }
  }

  /** Calls `visit` with every term and its count, forgets them, and returns the sum of all counts. */
  drain(visit: (term: number, count: number) => void): number {
    for (const term of this.#seen) {
      visit(term, this.#counts.get(term));
      this.#counts.set(term, 0);
    }
    const total = this.#total;
    this.#seen = [];
    this.#total = 0;
    return total;
  }
}
