/** The `count` best of the scores offered, and what they belong to. */
export class CoarseTop {
  readonly #count: number;
  readonly #scores: number[] = [];
  readonly #rows: number[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  get rows(): readonly number[] {
    return this.#rows;
  }

  /** Only greater scores need be offered. */
  get floor(): number {
    return this.#scores.length < this.#count ? -Infinity : (this.#scores.at(-1) ?? Infinity);
  }

  offer(row: number, score: number): void {
    let place = this.#scores.length;
    while (place > 0 && (this.#scores[place - 1] ?? 0) < score) place--;
    if (place >= this.#count) return;
    this.#scores.splice(place, 0, score);
    this.#rows.splice(place, 0, row);
    if (this.#scores.length > this.#count) {
      this.#scores.pop();
      this.#rows.pop();
    }
  }
}
