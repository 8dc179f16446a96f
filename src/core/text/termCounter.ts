import { NumberColumn } from '../memory/numberColumn.ts';

/** Counts the terms of one text at a time. */
export class TermCounter {
  readonly #counts = new NumberColumn();
  #seen: number[] = [];
  #total = 0;

  add(terms: Iterable<number>, times: number): void {
    if (times === 0) return;
    for (const term of terms) {
      const count = this.#counts.get(term);
      if (count === 0) this.#seen.push(term);
      this.#counts.set(term, count + times);
      this.#total += times;
    }
  }

  /** The sum of all counts. */
  get total(): number {
    return this.#total;
  }

  /** Shows every term with its count, and forgets them. */
  drain(visit: (term: number, count: number) => void): void {
    for (const term of this.#seen) {
      visit(term, this.#counts.get(term));
      this.#counts.set(term, 0);
    }
    this.#seen = [];
    this.#total = 0;
  }
}
