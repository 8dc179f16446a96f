/** How often the thread is looked at, in milliseconds. */
const LOOK_MS = 2;

/** Of the processor, for this thread alone: what else the machine does is not counted. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Notices for how long the thread lets nobody else have a turn, be it a keystroke or a cancellation. */
export class Stretches {
  #longest = 0;
  #last = threadMs();
  readonly #timer = setInterval(() => {
    this.#look();
  }, LOOK_MS);

  /** The longest stretch since the last call, in milliseconds of the processor. */
  take(): number {
    this.#look();
    const longest = this.#longest;
    this.#longest = 0;
    return Math.round(longest * 10) / 10;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = threadMs();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }
}

/** Steps of a loop that take a machine of 2026 some ten milliseconds. */
const UNIT_STEPS = 8_000_000;

/** What that loop takes here, in milliseconds of the processor: the best of several times. */
export function calibrate(): number {
  let best = Infinity;
  for (let time = 0; time < 9; time++) {
    const before = threadMs();
    let state = 1;
    for (let step = 0; step < UNIT_STEPS; step++) state = (Math.imul(state, 48_271) ^ step) >>> 0;
    if (state < 0) throw new Error('a loop that was left out');
    best = Math.min(best, threadMs() - before);
  }
  return best;
}
