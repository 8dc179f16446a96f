/** How long something was on screen, through times in which the window had the focus and times in which it had not. */
export interface Dwell {
  /** When it first came on screen, in milliseconds since the epoch; absent if it has not yet. */
  readonly firstAt: number | undefined;
  /** Milliseconds of all times on screen that are over. */
  readonly pastMs: number;
  /** When the present time on screen began; absent while it is not on screen. */
  readonly since: number | undefined;
}

/** Shorter looks are no looks: whoever counts suggestions that were seen takes those visible for so long. */
export const SEEN_MS = 750;

/** Of something that appears at `at`, if the window has the focus. */
export function beginDwell(at: number, isFocused: boolean): Dwell {
  const since = isFocused ? at : undefined;
  return { firstAt: since, pastMs: 0, since };
}

/** The window got the focus, or lost it. */
export function focusDwell(dwell: Dwell, at: number, isFocused: boolean): Dwell {
  if (isFocused === (dwell.since !== undefined)) return dwell;
  if (isFocused) return { ...dwell, firstAt: dwell.firstAt ?? at, since: at };
  return { ...dwell, pastMs: visibleMs(dwell, at), since: undefined };
}

/** Milliseconds on screen up to `at`. A clock that was set back counts nothing. */
export function visibleMs({ pastMs, since }: Dwell, at: number): number {
  return pastMs + (since === undefined ? 0 : Math.max(0, at - since));
}
