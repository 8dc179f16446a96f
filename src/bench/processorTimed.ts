/** Processor time in which the compilers' own work on what is measured no longer counts for much. */
const LEAST_SECONDS = 0.5;

/**
 * Does a piece of work until it has taken half a second of processor time, all threads counted. Other work on the machine
 * counts less in that than by the clock.
 *
 * @returns what it resolved to last, and the seconds that it takes once
 */
export async function processorTimed<T>(work: () => T | Promise<T>): Promise<readonly [T, number]> {
  const before = process.cpuUsage();
  for (let times = 1; ; times++) {
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    if (seconds >= LEAST_SECONDS) return [result, seconds / times];
  }
}
