import type { Clock } from '../../core/ports/runtime.ts';
import type { IndexOverview } from './indexOverview.ts';

/** An estimate from less than this would jump about. */
const MIN_OBSERVED_MS = 2_000;
const MIN_OBSERVED_SHARE = 0.02;
/** Without a word for so long, the machine was asleep: that time says nothing about what is left. */
const ASLEEP_MS = 60_000;

type Indexing = Extract<IndexOverview, { state: 'indexing' }>;

/**
 * Follows one stretch of indexing, from the first file to be looked for until all is done: its percentage never goes
 * back, although folders begin and end at different times, and there is an estimate of the time left.
 */
export class IndexRun {
  readonly #clock: Pick<Clock, 'now'>;
  #highest = 0;
  #first: { readonly share: number; readonly at: number } | undefined;
  #lastAt = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** The overview as it is to be shown. */
  follow(overview: IndexOverview): IndexOverview {
    switch (overview.state) {
      case 'indexing':
        return this.#indexing(overview);
      case 'paused':
        this.#first = undefined;
        return overview.percent === undefined
          ? overview
          : { ...overview, percent: (this.#highest = Math.max(this.#highest, overview.percent)) };
      case 'scanning':
        return overview;
      default:
        this.#highest = 0;
        this.#first = undefined;
        return overview;
    }
  }

  #indexing(overview: Indexing): Indexing {
    const { done, total } = overview;
    this.#highest = Math.max(this.#highest, overview.percent);
    const share = total === 0 ? 0 : done / total;
    const now = this.#clock.now();
    const pausedMs = now - this.#lastAt;
    // A clock that was set back has not measured anything either.
    if (pausedMs < 0 || pausedMs > ASLEEP_MS) this.#first = undefined;
    this.#lastAt = now;
    this.#first ??= { share, at: now };
    const observedMs = now - this.#first.at;
    const observed = share - this.#first.share;
    const isEnough = observedMs >= MIN_OBSERVED_MS && observed >= MIN_OBSERVED_SHARE;
    return {
      ...overview,
      percent: this.#highest,
      ...(isEnough && { remainingMs: Math.round((observedMs * (1 - share)) / observed) }),
    };
  }
}
