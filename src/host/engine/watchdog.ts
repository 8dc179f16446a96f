import type { Clock } from '../../core/ports/runtime.ts';

/**
 * Tells a worker that is silent from one that is busy. It is looked at now and then; what it says at any time shows that it
 * is well, and when it has said nothing since the last look, it is asked to. Busy workers answer between two steps of their
 * work, which are milliseconds long. Looks are counted, not time: a computer that sleeps has none.
 */
export interface Watch {
  /** Whether a question is on its way. */
  readonly isAsked: boolean;
  /** Looks since it was asked. */
  readonly silentLooks: number;
}

export const WELL: Watch = { isAsked: false, silentLooks: 0 };

/** Between two looks. */
export const LOOK_MS = 10_000;

/** Two minutes, for machines that are busy with something else. */
export const MOST_SILENT_LOOKS = 12;

/** What to do at a look: ask the worker for a word, wait for it, or end a worker that does not come back. */
export function lookAt(
  { isAsked, silentLooks }: Watch,
  mostSilentLooks = MOST_SILENT_LOOKS,
): {
  readonly watch: Watch;
  readonly act: 'ask' | 'wait' | 'end';
} {
  if (!isAsked) return { watch: { isAsked: true, silentLooks: 0 }, act: 'ask' };
  const watch = { isAsked, silentLooks: silentLooks + 1 };
  return { watch, act: watch.silentLooks < mostSilentLooks ? 'wait' : 'end' };
}

interface WatchdogOptions {
  readonly clock: Clock;
  /** Asks the worker for a word; also an error is one. */
  readonly ask: () => Promise<unknown>;
  /** Called once, when the worker has been silent for too long. */
  readonly end: () => void;
  readonly mostSilentLooks?: number;
}

/** Looks at one worker until it is stopped or has found it silent. */
export class Watchdog {
  readonly #options: WatchdogOptions;
  #watch: Watch = WELL;
  #cancel: () => void = () => undefined;
  #isSilent = false;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#lookLater();
  }

  /** Whether the worker was found silent. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** To be called with every word of the worker. */
  heard(): void {
    this.#watch = WELL;
  }

  stop(): void {
    this.#cancel();
  }

  #lookLater(): void {
    const { clock, ask, end, mostSilentLooks } = this.#options;
    this.#cancel = clock.setTimer(() => {
      const { watch, act } = lookAt(this.#watch, mostSilentLooks);
      this.#watch = watch;
      if (act === 'end') {
        this.#isSilent = true;
        end();
        return;
      }
      if (act === 'ask') ask().catch(() => undefined);
      this.#lookLater();
    }, LOOK_MS);
  }
}
