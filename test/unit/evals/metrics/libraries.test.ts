import { describe, expect, test } from 'vitest';
import { classify } from '../../../../src/evals/metrics/classification.ts';
import {
  contextPrecision,
  contextRecall,
  contextShare,
} from '../../../../src/evals/metrics/contextScores.ts';
import { editSimilarity, identifierScores } from '../../../../src/evals/metrics/completionMetrics.ts';
import { ndcg, precisionAt, relevantRank } from '../../../../src/evals/metrics/retrievalMetrics.ts';
import { places, trial, chatted } from './chatFixture.ts';
import { CHAT_METRICS } from '../../../../src/evals/metrics/chatMetrics.ts';

/** What well-known libraries document, worked by hand. Where ours differs on purpose, both values are here. */
describe('pytrec_eval', () => {
  // Its example: d2 is right for q1, d2 and d3 for q2; the runs rank d3 d1 d2, and d1 d3 d2.
  const [q1, q2] = [places('d2:1'), places('d2:1', 'd3:1')];
  const [run1, run2] = [places('d3:1', 'd1:1', 'd2:1'), places('d1:1', 'd3:1', 'd2:1')];

  test('has the same nDCG', () => {
    expect(ndcg(run1, q1, 10)).toBeCloseTo(0.5, 12);
    expect(ndcg(run2, q2, 10)).toBeCloseTo(0.6934264036172708, 12);
  });

  test('has the same average precision where every right place is retrieved', () => {
    expect(contextPrecision(run1, q1, 10)).toBeCloseTo(0.3333333333333333, 12);
    expect(contextPrecision(run2, q2, 10)).toBeCloseTo(0.5833333333333333, 12);
  });

  test('divides average precision by all right places, where context precision divides by those retrieved', () => {
    const found = places('d2:1');
    const averagePrecision = 1 / 2;
    expect(contextPrecision(found, q2, 10)).toBe(1);
    expect(contextPrecision(found, q2, 10)).not.toBe(averagePrecision);
  });

  test('has the same P_5, by k and not by the hits there are', () => {
    expect(precisionAt(run2, q2, 5)).toBeCloseTo(2 / 5, 12);
  });

  test('has the same reciprocal rank, though over the whole list', () => {
    expect(1 / (relevantRank(run1, q1) ?? NaN)).toBeCloseTo(1 / 3, 12);
  });
});

describe('Ragas', () => {
  const [retrieved, reference] = [places('doc1:1', 'doc2:1', 'doc3:1'), places('doc1:1', 'doc2:1', 'doc4:1')];

  test('has the same precision and recall by ids', () => {
    expect(contextShare(retrieved, reference, 10)).toBeCloseTo(0.667, 3);
    expect(contextRecall(retrieved, reference, 10)).toBeCloseTo(2 / 3, 12);
  });

  test('adds 1e-10 below the line, so that its 0.9999999999 is 1 here', () => {
    expect(contextPrecision(places('doc1:1'), reference, 10)).toBe(1);
    expect(contextPrecision(places('doc1:1', 'doc9:1'), reference, 10)).toBe(1);
  });

  test('lowers the score for a wrong place before a right one', () => {
    expect(contextPrecision(places('doc9:1', 'doc1:1'), reference, 10)).toBe(1 / 2);
  });

  test('has NaN where nothing was retrieved or nothing is right; here such a case does not count', () => {
    expect(contextPrecision([], reference, 10)).toBeUndefined();
    expect(contextRecall(retrieved, [], 10)).toBeUndefined();
  });
});

describe('scikit-learn', () => {
  // The example of `classification_report`: three of five right.
  const names = ['class 0', 'class 1', 'class 2'];
  const actual = [0, 1, 2, 2, 2];
  const predicted = [0, 0, 2, 2, 1];
  const report = classify(
    actual.map((label, at) => ({ actual: names[label] ?? '', predicted: names[predicted[at] ?? 0] ?? '' })),
  );

  test('has the same precision, recall, F1 and support', () => {
    const rounded = report.labels.map(({ precision, recall, f1, support }) => [
      precision?.toFixed(2),
      recall?.toFixed(2),
      f1.toFixed(2),
      support,
    ]);
    expect(rounded).toEqual([
      ['0.50', '1.00', '0.67', 1],
      ['0.00', '0.00', '0.00', 1],
      ['1.00', '0.67', '0.80', 3],
    ]);
  });

  test('has the same accuracy and macro means', () => {
    const { accuracy, macro } = report;
    expect([accuracy, macro.precision, macro.recall, macro.f1].map((value) => value?.toFixed(2))).toEqual([
      '0.60',
      '0.50',
      '0.56',
      '0.49',
    ]);
  });

  test('takes the precision of what is never predicted for 0, here it is left out of the mean', () => {
    const { macro } = classify([
      { actual: 'a', predicted: 'a' },
      { actual: 'b', predicted: 'a' },
    ]);
    expect(macro.precision).toBe(1 / 2);
    expect(macro.recall).toBe((1 + 0) / 2);
  });
});

test('autoevals has the same similarity of texts, 1 for two empty ones', () => {
  expect(editSimilarity('kitten', 'sitting')).toBeCloseTo(1 - 3 / 7, 12);
  expect(editSimilarity('', '')).toBe(1);
});

test('CrossCodeEval compares the same sets of names, each once', () => {
  expect(identifierScores('', 'a.b(a)', 'a.c()').f1).toBe(1 / 2);
});

test('pass@1 of HumanEval over n runs is c / n, the mean over the trials', () => {
  const metric = CHAT_METRICS.find(({ id }) => id === 'answers');
  const trials = [false, true, false, false].map((isAbstention) => trial({ isAbstention }));
  // 1 - C(n - c, 1) / C(n, 1) with n = 4 and c = 3.
  expect(metric?.of(chatted(trials))).toBe(1 - 1 / 4);
});
