import { describe, expect, test } from 'vitest';
import { latencyOf, usageOf } from '../../../../src/evals/metrics/usage.ts';
import { trial } from './chatFixture.ts';

describe('latency', () => {
  test('is by nearest rank, with the runs a second', () => {
    const runs = Array.from({ length: 100 }, (_, at) => ({ elapsedMs: at + 1 }));
    expect(latencyOf(runs)).toEqual({ p50Ms: 50, p95Ms: 95, p99Ms: 99, perSecond: (1000 * 100) / 5050 });
  });

  test('of a single run is its own, and there is none of no run', () => {
    expect(latencyOf([{ elapsedMs: 4 }])).toEqual({ p50Ms: 4, p95Ms: 4, p99Ms: 4, perSecond: 250 });
    expect(latencyOf([])).toBeNull();
  });

  test('has no rate where no time passed', () => {
    expect(latencyOf([{ elapsedMs: 0 }])?.perSecond).toBeNull();
  });
});

describe('usage', () => {
  const said = { inputTokens: 1000, outputTokens: 101, firstTokenMs: 500, elapsedMs: 2500, cost: 0.01 };

  test('adds up tokens and cost', () => {
    expect(usageOf([trial(said), trial({ ...said, isReplayed: true, outputTokens: 201 })])).toEqual({
      runs: 2,
      replayed: 1,
      inputTokens: 2000,
      outputTokens: 302,
      cost: 0.02,
      firstTokenP50Ms: 500,
      // 2000 ms for 100 tokens behind the first, and for 200.
      msPerToken: (20 + 10) / 2,
      tokensPerSecond: 302 / 5,
    });
  });

  test('knows no total where a part is unknown', () => {
    expect(usageOf([trial(said), trial({ ...said, outputTokens: null, cost: null })])).toMatchObject({
      inputTokens: 2000,
      outputTokens: null,
      cost: null,
      msPerToken: 20,
      tokensPerSecond: null,
    });
  });

  test('has no time for a token where there is but one', () => {
    expect(usageOf([trial({ ...said, outputTokens: 1 })])?.msPerToken).toBeNull();
  });

  test('is nothing where no language model was asked', () => {
    expect(usageOf([trial(), trial()])).toBeNull();
    expect(usageOf([])).toBeNull();
  });
});
