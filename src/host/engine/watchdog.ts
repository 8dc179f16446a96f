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
export function lookAt({ isAsked, silentLooks }: Watch): {
  readonly watch: Watch;
  readonly act: 'ask' | 'wait' | 'end';
} {
  if (!isAsked) return { watch: { isAsked: true, silentLooks: 0 }, act: 'ask' };
  const watch = { isAsked, silentLooks: silentLooks + 1 };
  return { watch, act: watch.silentLooks < MOST_SILENT_LOOKS ? 'wait' : 'end' };
}
