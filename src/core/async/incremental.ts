/** Does all steps of a piece of work at once. */
export function runToCompletion<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Lets one piece of work at a time be done in steps: whatever begins while another piece is under way, or was left
 * half done, ends that one first. So no piece ever sees a state that another is in the middle of changing.
 */
export class ExclusiveTask {
  #underWay: Generator<void> | undefined;

  /** The steps of `work`, which begins with the first of them. They are over early when `finish` did the rest. */
  *run(work: Generator<void>): Generator<void> {
    this.finish();
    this.#underWay = work;
    while (work.next().done !== true) yield;
    if (this.#underWay === work) this.#underWay = undefined;
  }

  /** Does the rest of what is under way. */
  finish(): void {
    const work = this.#underWay;
    this.#underWay = undefined;
    if (work !== undefined) runToCompletion(work);
  }
}
