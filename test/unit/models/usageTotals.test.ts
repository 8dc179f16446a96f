import { expect, test } from 'vitest';
import type { CallEnded } from '../../../src/core/models/callEvent.ts';
import { UsageTotals } from '../../../src/core/models/usageTotals.ts';

const ended: CallEnded = {
  type: 'ended',
  call: 1,
  model: 'a',
  endpoint: 'host',
  elapsedMs: 10,
  outcome: 'done',
  attempts: 1,
  receivedLength: 5,
  stopReason: 'stop',
  usage: { inputTokens: 100, cachedInputTokens: 60, outputTokens: 20 },
  costUsd: 0.5,
  errorCode: undefined,
};

test('sums tokens and cost, a model each', () => {
  const totals = new UsageTotals();
  totals.observe({ type: 'sent', call: 1, model: 'a', endpoint: 'host', attempt: 1, elapsedMs: 0 });
  totals.observe(ended);
  totals.observe(ended);
  totals.observe({ ...ended, model: 'b', usage: { inputTokens: 1, outputTokens: 2 } });
  expect(totals.byModel.get('a')).toEqual({
    calls: 2,
    failed: 0,
    abandoned: 0,
    inputTokens: 200,
    cachedInputTokens: 120,
    outputTokens: 40,
    uncounted: 0,
    costUsd: 1,
  });
  expect(totals.byModel.get('b')).toMatchObject({ calls: 1, cachedInputTokens: 0, outputTokens: 2 });
});

test('counts what never was counted, without making the cost unknown', () => {
  const totals = new UsageTotals();
  const unknown = { usage: undefined, costUsd: null };
  totals.observe(ended);
  totals.observe({ ...ended, ...unknown, outcome: 'failed', errorCode: 'model-timeout' });
  totals.observe({ ...ended, ...unknown, outcome: 'abandoned' });
  expect(totals.byModel.get('a')).toMatchObject({
    calls: 3,
    failed: 1,
    abandoned: 1,
    uncounted: 2,
    costUsd: 0.5,
  });
});

test('has no sum of costs once one price is unknown', () => {
  const totals = new UsageTotals();
  totals.observe(ended);
  totals.observe({ ...ended, costUsd: null });
  totals.observe(ended);
  expect(totals.byModel.get('a')).toMatchObject({ costUsd: null, inputTokens: 300 });
});
