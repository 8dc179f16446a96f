import { describe, expect, test } from 'vitest';
import { durationMs, waitMs } from '../../../src/adapters/http/waits.ts';

const NOW = Date.UTC(2026, 10, 30, 12, 0, 0);
const inHeaders = (headers: Readonly<Record<string, string>>) => waitMs(new Headers(headers), undefined, NOW);
const inBody = (body: unknown) => waitMs(undefined, body, NOW);

describe('a wish to wait', () => {
  test.each([
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': ' 12 ' }, 12_000],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': 'Mon, 30 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Mon, 30 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': '2026-11-30T12:00:05Z' }, 5_000],
    [{ 'retry-after': '7s' }, 7_000],
    [{ 'retry-after-ms': '250' }, 250],
    [{ 'retry-after-ms': '0', 'retry-after': '1' }, 1_000],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 9_000],
    [{ 'retry-after-ms': '-5', 'retry-after': '1' }, 1_000],
    [{ 'retry-after-ms': 'soon', 'retry-after': '1' }, 1_000],
    [{ 'retry-after': 'tomorrow' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{}, undefined],
  ])('in headers %o is %j', (headers, expected) => {
    expect(inHeaders(headers as Record<string, string>)).toBe(expected);
  });

  test.each([
    [{ 'x-ratelimit-reset-requests': '1s' }, 1_000],
    [{ 'x-ratelimit-reset-tokens': '6m0s' }, 360_000],
    [{ 'x-ratelimit-reset-tokens': '250ms' }, 250],
    [{ 'x-ratelimit-reset-tokens': '1m3.5s' }, 63_500],
    [{ 'x-ratelimit-reset': String(NOW + 4_000) }, 4_000],
    [{ 'x-ratelimit-reset': String(NOW / 1_000 + 4) }, 4_000],
    [{ 'x-ratelimit-reset': '4' }, 4_000],
    [{ 'x-ratelimit-reset-requests': '2026-11-30T12:00:09Z' }, 9_000],
    [{ 'anthropic-ratelimit-requests-reset': '2026-11-30T12:00:09Z' }, 9_000],
    [{ 'anthropic-ratelimit-input-tokens-reset': '2026-11-30T12:01:00Z' }, 60_000],
    [{ 'ratelimit-reset': '3' }, 3_000],
    [{ ratelimit: 'limit=10, remaining=0, reset=8' }, 8_000],
    [{ 'retry-after': '2', 'x-ratelimit-reset-requests': '5s' }, 5_000],
  ])('as a reset of a limit %o is %i', (headers, expected) => {
    expect(inHeaders(headers as Record<string, string>)).toBe(expected);
  });

  test.each([
    [{ 'x-ratelimit-reset-requests': '9s', 'x-ratelimit-remaining-requests': '3' }, undefined],
    [
      {
        'anthropic-ratelimit-tokens-reset': '2026-11-30T12:01:00Z',
        'anthropic-ratelimit-tokens-remaining': '9',
      },
      undefined,
    ],
    [{ 'x-ratelimit-reset': '9', 'x-ratelimit-remaining': '9', 'retry-after': '1' }, 1_000],
    [
      {
        'x-ratelimit-reset-tokens': '9s',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-requests': '99s',
        'x-ratelimit-remaining-requests': '5',
      },
      9_000,
    ],
    [{ 'x-ratelimit-limit-requests': '60' }, undefined],
  ])('of limits that leave something is none: %o', (headers, expected) => {
    expect(inHeaders(headers as Record<string, string>)).toBe(expected);
  });

  test.each([
    [
      [{ error: { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '36s' }] } }],
      36_000,
    ],
    [{ error: { details: [{ retryDelay: '0.5s' }] } }, 500],
    [{ error: { details: [{ retryDelay: { seconds: '3', nanos: 500_000_000 } }] } }, 3_500],
    [{ error: 'loading', estimated_time: 20.5 }, 20_500],
    [{ retry_after: 3 }, 3_000],
    [{ error: { retry_after_ms: 300 } }, 300],
    [{ error: { message: 'Rate limit reached. Please try again in 6m0s.' } }, 360_000],
    [{ error: { message: 'Please retry in 1.5 seconds' } }, 1_500],
    [{ message: 'Wait 20ms and try again' }, 20],
    [
      {
        error: {
          metadata: { headers: { 'X-RateLimit-Reset': String(NOW + 7_000), 'X-RateLimit-Remaining': '0' } },
        },
      },
      7_000,
    ],
    [{ error: { message: 'Limit 3 requests' } }, undefined],
  ])('in a body %j is %j', (body, expected) => {
    expect(inBody(body)).toBe(expected);
  });

  test.each([
    [{ 'retry-after': '86400' }, 3_600_000],
    [{ 'x-ratelimit-reset-requests': '23h59m' }, 3_600_000],
    [{ 'retry-after': 'Tue, 01 Dec 2026 12:00:00 GMT' }, 3_600_000],
    [{ 'retry-after': '99999999' }, undefined],
    [{ 'retry-after': '99999999', 'retry-after-ms': '700' }, 700],
  ])('is capped, and nonsense is none: %o', (headers, expected) => {
    expect(inHeaders(headers as Record<string, string>)).toBe(expected);
  });

  test('may be written in many ways', () => {
    expect(['1h', '2d', '1m', '3', 'x', '1s1', ''].map((text) => durationMs(text, NOW))).toEqual([
      3_600_000,
      172_800_000,
      60_000,
      3_000,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
