/** Times are in milliseconds. */
export interface BreakerPolicy {
  /** So many outages within `windowMs`, with no success among them, stop requests … */
  readonly outages: number;
  readonly windowMs: number;
  /** … for this long. Then one request at a time probes whether the endpoint is back. */
  readonly pauseMs: number;
  /** An endpoint that asks for a longer rest is asked again after this, in case somebody has raised its limits. */
  readonly maxHoldMs: number;
}

export const breakerPolicy: BreakerPolicy = {
  outages: 5,
  windowMs: 60_000,
  pauseMs: 30_000,
  maxHoldMs: 60_000,
};

/** Leave to send one request. `leave` must be called in the end; what was reported before it counts. */
export interface BreakerPass {
  /** The endpoint works: may be reported as soon as the first part of an answer arrives. */
  succeed(): void;
  /** `why` is told to whom the endpoint is kept from because of it. */
  fail(why?: Error): void;
  /** The endpoint asks that nobody sends anything for so many milliseconds. */
  hold(delayMs: number): void;
  /** Ends the request. One that was neither a success nor an outage, say a cancelled one, proves nothing. */
  leave(): void;
}

export interface BreakerRefusal {
  /** `outage`: it failed too often; `hold`: it asked to be left alone. */
  readonly because: 'outage' | 'hold';
  /** Milliseconds until requests are let through again; 0 while one probes. */
  readonly remainingMs: number;
  /** What was wrong the last time; absent for `hold`. */
  readonly why?: Error | undefined;
}

/** How long an endpoint is to be left alone from now on, and because of what; told to whoever else calls it. */
export type BreakerRest = Pick<BreakerRefusal, 'because' | 'remainingMs'>;

/** Keeps requests away from an endpoint that is out of order or asked for a rest. */
export class CircuitBreaker {
  readonly #now: () => number;
  readonly #policy: BreakerPolicy;
  readonly #announce: (rest: BreakerRest) => void;
  /** When the outages since the last success happened. */
  #outages: readonly number[] = [];
  #pausedUntil: number | undefined;
  #lastOutage: Error | undefined;
  #isProbing = false;
  #heldUntil = 0;

  /** `announce` hears of each rest that this breaker itself begins, not of those it was told of by `rest`. */
  constructor(
    now: () => number,
    policy: BreakerPolicy,
    announce: (rest: BreakerRest) => void = () => undefined,
  ) {
    this.#now = now;
    this.#policy = policy;
    this.#announce = announce;
  }

  /** Another caller of the endpoint has to leave it alone. */
  rest({ because, remainingMs }: BreakerRest): void {
    const { maxHoldMs, pauseMs } = this.#policy;
    if (because === 'hold') this.#hold(Math.min(remainingMs, maxHoldMs));
    else this.#pause(Math.min(remainingMs, pauseMs));
  }

  enter(): BreakerPass | BreakerRefusal {
    const held = this.#heldUntil - this.#now();
    if (held > 0) return { because: 'hold', remainingMs: held };
    if (this.#pausedUntil === undefined) return this.#pass(false);
    const paused = this.#pausedUntil - this.#now();
    if (paused > 0 || this.#isProbing) {
      return { because: 'outage', remainingMs: Math.max(0, paused), why: this.#lastOutage };
    }
    this.#isProbing = true;
    return this.#pass(true);
  }

  #pass(isProbe: boolean): BreakerPass {
    return {
      succeed: () => {
        // A straggler from before the pause does not end it.
        if (this.#pausedUntil !== undefined && !isProbe) return;
        this.#pausedUntil = undefined;
        this.#outages = [];
      },
      fail: (why) => {
        this.#lastOutage = why;
        this.#recordOutage(isProbe);
      },
      hold: (delayMs) => {
        const remainingMs = Math.min(delayMs, this.#policy.maxHoldMs);
        this.#hold(remainingMs);
        this.#announce({ because: 'hold', remainingMs });
      },
      leave: () => {
        if (isProbe) this.#isProbing = false;
      },
    };
  }

  #recordOutage(isProbe: boolean): void {
    const now = this.#now();
    const { outages, pauseMs, windowMs } = this.#policy;
    if (this.#pausedUntil === undefined) {
      this.#outages = [...this.#outages.filter((at) => at > now - windowMs), now];
      if (this.#outages.length < outages) return;
    } else if (!isProbe) return;
    this.#pause(pauseMs);
    this.#announce({ because: 'outage', remainingMs: pauseMs });
  }

  #hold(remainingMs: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#now() + remainingMs);
  }

  #pause(remainingMs: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil ?? 0, this.#now() + remainingMs);
  }
}
