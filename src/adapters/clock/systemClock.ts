import type { Clock } from '../../core/ports.ts';

/** The machine's clock. Its timers keep no process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
