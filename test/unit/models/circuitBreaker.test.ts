import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CircuitBreaker, type BreakerPass } from '../../../src/core/models/circuitBreaker.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const policy = { outages: 3, windowMs: 10_000, pauseMs: 5_000, maxHoldMs: 20_000 };

function create() {
  const clock = new FakeClock();
  const breaker = new CircuitBreaker(() => clock.now(), policy);
  const pass = (): BreakerPass => {
    const entry = breaker.enter();
    if ('because' in entry) throw new Error(`refused because of ${entry.because}`);
    return entry;
  };
  const fail = (times: number) => {
    for (let index = 0; index < times; index++) {
      const each = pass();
      each.fail();
      each.leave();
    }
  };
  return { clock, breaker, pass, fail };
}

describe('a circuit breaker', () => {
  test('opens after so many outages and says for how long', () => {
    const { breaker, clock, fail } = create();
    fail(3);
    expect(breaker.enter()).toEqual({ because: 'outage', remainingMs: 5_000 });
    clock.advance(4_999);
    expect(breaker.enter()).toEqual({ because: 'outage', remainingMs: 1 });
  });

  test('forgets outages after a success, and old ones', () => {
    const { breaker, clock, pass, fail } = create();
    fail(2);
    pass().succeed();
    fail(2);
    expect(breaker.enter()).toHaveProperty('succeed');
    clock.advance(10_000);
    fail(2);
    expect(breaker.enter()).toHaveProperty('succeed');
  });

  test('lets one probe through at a time, and closes when it succeeds', () => {
    const { breaker, clock, pass, fail } = create();
    fail(3);
    clock.advance(5_000);
    const probe = pass();
    expect(breaker.enter()).toEqual({ because: 'outage', remainingMs: 0 });
    probe.succeed();
    expect(breaker.enter()).toHaveProperty('succeed');
    probe.leave();
    fail(2);
    expect(breaker.enter()).toHaveProperty('succeed');
  });

  test('opens again when the probe fails', () => {
    const { breaker, clock, fail } = create();
    fail(3);
    clock.advance(5_000);
    fail(1);
    expect(breaker.enter()).toEqual({ because: 'outage', remainingMs: 5_000 });
  });

  test('lets the next one probe when the probe was cancelled, which proves nothing', () => {
    const { breaker, clock, pass, fail } = create();
    fail(3);
    clock.advance(5_000);
    pass().leave();
    const second = pass();
    expect(breaker.enter()).toMatchObject({ because: 'outage' });
    second.fail();
    expect(breaker.enter()).toEqual({ because: 'outage', remainingMs: 5_000 });
  });

  test('is not closed by an answer that was asked for before it opened', () => {
    const { breaker, pass, fail } = create();
    const straggler = pass();
    fail(3);
    straggler.succeed();
    straggler.fail();
    straggler.leave();
    expect(breaker.enter()).toEqual({ because: 'outage', remainingMs: 5_000 });
  });

  test('holds everybody back for as long as the endpoint asks', () => {
    const { breaker, clock, pass } = create();
    const first = pass();
    const second = pass();
    first.hold(2_000);
    second.hold(500);
    expect(breaker.enter()).toEqual({ because: 'hold', remainingMs: 2_000 });
    clock.advance(2_000);
    expect(breaker.enter()).toHaveProperty('succeed');
  });

  test('asks again before a rest that is too long', () => {
    const { breaker, clock, pass } = create();
    pass().hold(3_600_000);
    clock.advance(19_999);
    expect(breaker.enter()).toEqual({ because: 'hold', remainingMs: 1 });
    clock.advance(1);
    expect(breaker.enter()).toHaveProperty('succeed');
  });

  test('opens only after enough outages in a row, whatever happens before', () => {
    const step = fc.constantFrom('succeed', 'fail', 'leave', 'wait');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { breaker, clock } = create();
        let recent: readonly number[] = [];
        for (const each of steps) {
          if (each === 'wait') {
            clock.advance(3_000);
            continue;
          }
          const entry = breaker.enter();
          if ('because' in entry) {
            expect(recent.length).toBeGreaterThanOrEqual(policy.outages);
            return;
          }
          if (each === 'succeed') recent = [];
          if (each === 'fail') {
            recent = [...recent.filter((at) => at > clock.now() - policy.windowMs), clock.now()];
          }
          entry[each]();
          entry.leave();
        }
      }),
    );
  });
});
