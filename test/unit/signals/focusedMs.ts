import type { LifecycleEvent } from '../../../src/core/signals/openSuggestion.ts';

/** For how long from `from` to `to` the window had the focus, which it has until an event says otherwise. */
export function focusedMs(events: readonly LifecycleEvent[], from: number, to: number): number {
  const turns = events.filter((event) => event.kind === 'windowFocus');
  let since = 0;
  let isFocused = true;
  let sum = 0;
  for (const turn of [...turns, { at: Infinity, isFocused: false }]) {
    if (isFocused) sum += Math.max(0, Math.min(turn.at, to) - Math.max(since, from));
    ({ at: since, isFocused } = turn);
  }
  return sum;
}
