import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ModelAuthError,
  ModelRateLimitError,
  ModelUnavailableError,
} from '../../../src/core/errors/modelErrors.ts';
import { chatPolicy } from '../../../src/core/models/callPolicy.ts';
import { retryDelayMs } from '../../../src/core/models/retryDelay.ts';

const policy = { ...chatPolicy, attempts: 5, backoffMs: 100, maxBackoffMs: 350, maxRetryAfterMs: 2_000 };
const outage = new ModelUnavailableError('host', 'failed');
const almostOne = () => 0.999999;

describe('the wait before another attempt', () => {
  test('is bounded by twice the last bound, up to the highest', () => {
    expect([1, 2, 3, 4].map((attempt) => retryDelayMs(outage, attempt, policy, almostOne))).toEqual([
      99, 199, 349, 349,
    ]);
  });

  test('may be none at all', () => {
    expect(retryDelayMs(outage, 3, policy, () => 0)).toBe(0);
  });

  test('comes on top of what the endpoint asks for', () => {
    const busy = new ModelRateLimitError('host', 'busy', 1_500);
    expect(retryDelayMs(busy, 1, policy, () => 0.5)).toBe(1_550);
  });

  test('ends with the last attempt, with an error that stays, or when too long', () => {
    expect(retryDelayMs(outage, 5, policy, almostOne)).toBeUndefined();
    expect(retryDelayMs(new ModelAuthError('host', 'refused'), 1, policy, almostOne)).toBeUndefined();
    expect(
      retryDelayMs(new ModelRateLimitError('host', 'busy', 2_001), 1, policy, almostOne),
    ).toBeUndefined();
    expect(retryDelayMs(new ModelRateLimitError('host', 'quota'), 1, policy, almostOne)).toBeUndefined();
  });

  test('never is shorter than asked for, nor longer than that and the highest bound', () => {
    fc.assert(
      fc.property(
        fc.nat(2_000),
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (asked, attempt, random) => {
          const delay =
            retryDelayMs(new ModelRateLimitError('h', 'busy', asked), attempt, policy, () => random) ?? -1;
          return delay >= asked && delay < asked + policy.maxBackoffMs;
        },
      ),
    );
  });
});
