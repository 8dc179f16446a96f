/** Does the steps of a piece of work, with a pause offered after each. */
export async function drainInSlices(steps: Generator<void>, pause: () => Promise<void>): Promise<void> {
  while (steps.next().done !== true) await pause();
}
