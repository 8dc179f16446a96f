/** Longest stretch of work, in ms, that the query worker does before it looks at its messages again. */
const SLICE_MS = 4;

/**
 * Lets other work of this thread run whenever the current slice is used up. Call it between small steps of a long
 * task: it costs a clock reading while the slice lasts.
 */
export function createTimeSlice(sliceMs = SLICE_MS): () => Promise<void> {
  let started = performance.now();
  return async () => {
    if (performance.now() - started < sliceMs) return;
    await new Promise<void>((resume) => setImmediate(resume));
    started = performance.now();
  };
}
