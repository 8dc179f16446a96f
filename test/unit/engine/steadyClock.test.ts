import { afterEach, expect, test, vi } from 'vitest';
import { CircuitBreaker, breakerPolicy } from '../../../src/core/models/circuitBreaker.ts';
import { steadyClock } from '../../../src/core/async/systemClock.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The machine's clock is set back by a day. */
function setBack(): void {
  const then = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(then - 24 * 60 * 60 * 1000);
}

test('the time of day is what the machine says at first', () => {
  // eslint-disable-next-line no-restricted-syntax -- two clocks, read at once
  expect(Math.abs(steadyClock.now() - Date.now())).toBeLessThan(60_000);
});

test('a provider that asked for a rest is asked again when the machine’s clock is set back', async () => {
  const breaker = new CircuitBreaker(() => steadyClock.now(), { ...breakerPolicy, maxHoldMs: 5 });
  const pass = breaker.enter();
  if ('because' in pass) throw new Error('refused');
  pass.hold(5);
  pass.leave();
  setBack();
  await vi.waitUntil(() => !('because' in breaker.enter()));
});
