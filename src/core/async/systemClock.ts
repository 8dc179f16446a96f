import type { Clock } from '../ports/runtime.ts';

/** The machine's clock. A pending timer keeps the process alive, as the work that waits for it should. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

/**
 * A clock that only ever goes forward, whatever is done to the machine's: for all that measures or waits. Its time is as
 * good as the machine's was when the thread began.
 */
export const steadyClock: Clock = {
  ...systemClock,
  now: () => Math.floor(performance.timeOrigin + performance.now()),
};
