import type { Clock } from '../../core/ports/runtime.ts';

/** A burst ends when this many ms have passed without another path … */
const QUIET_MS = 50;

/** … but a path waits no longer than this. */
const MAX_WAIT_MS = 1_000;

/** More paths than this, with no pause longer than a second, are a flood, such as a checkout: looking at the whole folder once costs less. */
const FLOOD_PATHS = 500;
const FLOOD_PAUSE_MS = 1_000;

/** A flood comes in waves; nobody waits for a part of it. */
const FLOOD_QUIET_MS = 500;
const FLOOD_MAX_WAIT_MS = 5_000;

/** The path that stands for the whole folder. */
const EVERYTHING = '';

/** Gathers changed paths by folder, so that a burst of file events becomes one message, and a small one. */
export class PathBatch {
  readonly #clock: Clock;
  readonly #send: (root: string, paths: readonly string[]) => void;
  readonly #paths = new Map<string, Set<string>>();
  #oldestAt = 0;
  #lastAt = -Infinity;
  /** Paths added since the last pause. */
  #burst = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, send: (root: string, paths: readonly string[]) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  add(root: string, path: string): void {
    const now = this.#clock.now();
    if (this.#paths.size === 0) this.#oldestAt = now;
    const paths = this.#paths.get(root) ?? new Set();
    if (now - this.#lastAt > FLOOD_PAUSE_MS) this.#burst = 0;
    this.#lastAt = now;
    if (!paths.has(path)) this.#burst++;
    const isFlood = this.#burst > FLOOD_PATHS;
    this.#paths.set(root, isFlood ? new Set([EVERYTHING]) : paths.add(path));
    this.#cancelTimer?.();
    const wait = isFlood
      ? Math.min(FLOOD_QUIET_MS, this.#oldestAt + FLOOD_MAX_WAIT_MS - now)
      : Math.min(QUIET_MS, this.#oldestAt + MAX_WAIT_MS - now);
    this.#cancelTimer = this.#clock.setTimer(
      () => {
        this.flush();
      },
      Math.max(0, wait),
    );
  }

  /** Sends what has been gathered, now. */
  flush(): void {
    this.dispose();
    const batch = [...this.#paths];
    this.#paths.clear();
    for (const [root, paths] of batch) this.#send(root, [...paths]);
  }

  /** Drops the timer; what has been gathered stays until the next `add` or `flush`. */
  dispose(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
