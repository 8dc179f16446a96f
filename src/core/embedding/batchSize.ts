/** How many texts a provider takes at a time, as far as its refusals have shown. */
export class BatchSize {
  #most = Infinity;

  get most(): number {
    return this.#most;
  }

  /** A request was too large, and each of its parts, of so many texts at most, was not. */
  wasCutTo(texts: number): void {
    this.#most = Math.max(1, Math.min(this.#most, texts));
  }
}
