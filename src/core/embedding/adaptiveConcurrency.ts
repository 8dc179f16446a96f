const FIRST = 2;
const MAX = 8;

/**
 * How many requests may be under way at a time: one more after every round of successes, half as many when the provider
 * asks for patience (additive increase, multiplicative decrease; Chiu and Jain, 1989).
 */
export class AdaptiveConcurrency {
  #limit = FIRST;
  #successes = 0;

  get limit(): number {
    return this.#limit;
  }

  succeeded(): void {
    if (++this.#successes < this.#limit) return;
    this.#successes = 0;
    this.#limit = Math.min(MAX, this.#limit + 1);
  }

  throttled(): void {
    this.#successes = 0;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
  }
}
