import { describe, expect, test } from 'vitest';
import { lookAt, MOST_SILENT_LOOKS, WELL, type Watch } from '../../../src/host/engine/watchdog.ts';

/** What is done at each of so many looks, when the worker speaks before those that are listed. */
function looks(count: number, spoken: readonly number[] = []): readonly string[] {
  let watch: Watch = WELL;
  return Array.from({ length: count }, (_, at) => {
    if (spoken.includes(at)) watch = WELL;
    const { act, watch: next } = lookAt(watch);
    watch = next;
    return act;
  });
}

describe('a worker', () => {
  test('is asked first, waited for, and ended in the end', () => {
    const acts = looks(MOST_SILENT_LOOKS + 1);
    expect(acts[0]).toBe('ask');
    expect(acts.slice(1, -1).every((act) => act === 'wait')).toBe(true);
    expect(acts.at(-1)).toBe('end');
  });

  test('that speaks is asked again, and has all the time again', () => {
    expect(looks(MOST_SILENT_LOOKS + 5, [5])).not.toContain('end');
    expect(looks(MOST_SILENT_LOOKS + 5, [5])[5]).toBe('ask');
    expect(looks(MOST_SILENT_LOOKS + 5, [5]).at(-1)).toBe('wait');
    expect(looks(MOST_SILENT_LOOKS + 6, [5]).at(-1)).toBe('end');
  });

  test('that speaks at the last moment is not ended', () => {
    expect(looks(3 * MOST_SILENT_LOOKS, [MOST_SILENT_LOOKS, 2 * MOST_SILENT_LOOKS])).not.toContain('end');
  });
});
