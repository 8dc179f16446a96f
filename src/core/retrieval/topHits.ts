/** Keeps the best `count` of the scored ids it is shown; of equal scores, the ids shown first. */
export class TopHits {
  readonly #count: number;
  readonly #ids: number[] = [];
  readonly #scores: number[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  offer(id: number, score: number): void {
    let at = this.#ids.length;
    if (at >= this.#count) {
      if (at === 0 || score <= (this.#scores[at - 1] ?? 0)) return;
      at--;
    }
    while (at > 0 && (this.#scores[at - 1] ?? 0) < score) {
      this.#ids[at] = this.#ids[at - 1] ?? 0;
      this.#scores[at] = this.#scores[at - 1] ?? 0;
      at--;
    }
    this.#ids[at] = id;
    this.#scores[at] = score;
  }

  /** The lowest score that is kept; 0 while more would be. */
  get least(): number {
    return this.#ids.length < this.#count ? 0 : (this.#scores.at(-1) ?? 0);
  }

  /** Best first. */
  entries(): readonly { readonly id: number; readonly score: number }[] {
    return this.#ids.map((id, at) => ({ id, score: this.#scores[at] ?? 0 }));
  }
}
