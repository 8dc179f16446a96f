// @ts-check
const POLL_MS = 500;

/**
 * Resolves when this process is asked to end: Ctrl+C, a kill, a closed terminal, or the end of the npm that started it
 * (whose shell does not pass a kill on). Asked a second time, the process ends at once.
 *
 * @returns {Promise<void>}
 */
export function untilInterrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve());
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, POLL_MS);
    timer.unref();
  });
}
