import { describe, expect, test } from 'vitest';
import { classify } from '../../../../src/evals/metrics/classification.ts';

const pairsOf = (actual: readonly string[], predicted: readonly string[]) =>
  actual.map((each, at) => ({ actual: each, predicted: predicted[at] ?? '' }));

describe('classify', () => {
  // The example of scikit-learn's `confusion_matrix`: labels ant, bird, cat; and its `classification_report`.
  const animals = classify(
    pairsOf(['cat', 'ant', 'cat', 'cat', 'ant', 'bird'], ['ant', 'ant', 'cat', 'cat', 'ant', 'cat']),
  );

  test('counts a row for what each is, a column for what it was taken for', () => {
    expect(animals.labels.map(({ label }) => label)).toEqual(['ant', 'bird', 'cat']);
    expect(animals.confusion).toEqual([
      [2, 0, 0],
      [0, 0, 1],
      [1, 0, 2],
    ]);
    expect(animals.accuracy).toBeCloseTo(4 / 6, 12);
  });

  test('scores each label', () => {
    expect(animals.labels).toEqual([
      { label: 'ant', support: 2, precision: 2 / 3, recall: 1, f1: 0.8 },
      // Nothing was taken for a bird: that says nothing of precision, and F1 is 0 / (1 + 0).
      { label: 'bird', support: 1, precision: null, recall: 0, f1: 0 },
      { label: 'cat', support: 3, precision: 2 / 3, recall: 2 / 3, f1: 4 / 6 },
    ]);
  });

  test('averages what applies', () => {
    expect(animals.macro.precision).toBeCloseTo(2 / 3, 12);
    expect(animals.macro.recall).toBeCloseTo((1 + 0 + 2 / 3) / 3, 12);
    expect(animals.macro.f1).toBeCloseTo((0.8 + 0 + 2 / 3) / 3, 12);
  });

  test('says nothing of no pairs', () => {
    expect(classify([])).toEqual({
      n: 0,
      accuracy: null,
      labels: [],
      macro: { precision: null, recall: null, f1: null },
      confusion: [],
    });
  });

  test('has no recall for a label that nothing has', () => {
    const [, no] = classify(pairsOf(['answers', 'answers'], ['answers', 'declines'])).labels;
    expect(no).toEqual({ label: 'declines', support: 0, precision: 0, recall: null, f1: 0 });
  });
});
