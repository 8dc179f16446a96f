import type { Clock } from './ports.ts';

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
