/** Answers by which it is judged how quick a disk is. */
const JUDGED = 32;
/** An answer that takes longer is better waited for beside others. */
const SLOW_MS = 0.2;
/** Answers after which a disk that was slow is judged anew: its folders may be in the system's memory by now. */
const BESIDE = 2048;

/**
 * Asks a disk one thing after the other. What the system knows already it says in microseconds, and asking through another
 * thread costs several times as much; but where most answers are slow, as over a network, many are better under way at a time.
 */
export class DiskTurns {
  readonly #now: () => number;
  #judged = 0;
  #slow = 0;
  #beside = 0;

  /** `now` in milliseconds; the time of this process unless given. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The answer to one question, asked in either way; rejects as they do. */
  async take<Answer>(now: () => Answer, beside: () => Promise<Answer>): Promise<Answer> {
    if (this.#beside > 0) {
      this.#beside--;
      return beside();
    }
    const started = this.#now();
    try {
      return now();
    } finally {
      this.#judge(this.#now() - started);
    }
  }

  #judge(tookMs: number): void {
    // The number of slow ones, and not their time: one may have been held up by whatever else runs.
    if (tookMs > SLOW_MS) this.#slow++;
    if (++this.#judged < JUDGED) return;
    if (this.#slow > JUDGED / 2) this.#beside = BESIDE;
    this.#judged = 0;
    this.#slow = 0;
  }
}
