import { describe, expect, test } from 'vitest';
import { bracketBalance } from '../../../../src/evals/syntaxCheck.ts';
import { COMPLETION_SET_METRICS } from '../../../../src/evals/completionSuite.ts';
import { identifierScores } from '../../../../src/evals/metrics/completionMetrics.ts';
import { ratedGuesses } from '../../../../src/evals/metrics/calibration.ts';
import { setScoreOf } from '../../../../src/evals/metrics/metric.ts';
import type { CompletionOutcome } from '../../../../src/evals/outcome.ts';

function outcome(changes: Partial<CompletionOutcome>): CompletionOutcome {
  return {
    ...{ id: 'mask:1', source: 'mask', language: 'TypeScript', folder: 'src', path: 'a.ts' },
    ...{ kind: 'token-border', line: 1, before: '', expected: 'abcd', shown: null, confidence: null },
    ...{ heldBack: null, isExact: false, isFirstTokenExact: false, similarity: null, isWellFormed: null },
    ...{ elapsedMs: 1, ...changes },
  };
}

describe('names', () => {
  test('are compared as sets, without keywords and numbers', () => {
    // Suggested: user, name, trim. Wanted: user, address. One in common.
    const scores = identifierScores('  ', 'return user.name.trim(user, 3);', 'return user.address;');
    expect(scores.precision).toBeCloseTo(1 / 3, 12);
    expect(scores.recall).toBe(1 / 2);
    expect(scores.f1).toBeCloseTo(2 / 5, 12);
  });

  test('that begin before the cursor are whole', () => {
    expect(identifierScores('  jour', 'nal.add(x)', 'nal.append(x)')).toEqual({
      precision: 2 / 3,
      recall: 2 / 3,
      f1: 2 / 3,
    });
  });

  test('that are not there have no score', () => {
    expect(identifierScores('', '3;', '4;')).toEqual({
      precision: undefined,
      recall: undefined,
      f1: undefined,
    });
    expect(identifierScores('', '3;', 'x;')).toEqual({ precision: undefined, recall: 0, f1: 0 });
  });
});

describe('bracketBalance', () => {
  test.each([
    ['a.ts', 'f({ a: [1, 2] });', true],
    ['a.ts', 'f({ a: [1, 2) });', false],
    ['a.ts', 'f(', false],
    ['a.ts', ')', false],
    ['a.ts', '// (\nf(")", `${a} (`) /* [ */', true],
    ['a.ts', 'f("a)', false],
    ['a.ts', "f('it\\'s')", true],
    ['a.ts', "f('it\\')", false],
    ['a.ts', 'f() /* never ends', false],
    ['a.ts', '/*/', false],
    ['a.py', 'f(""" ( """) # (', true],
    ['a.py', 'f("""', false],
    ['a.py', 'f("")', true],
    ['a.rs', "fn f<'a>(x: &'a str) { '(' ; }", true],
    ['a.md', 'f(', undefined],
  ])('%s: %s is %s', (path, text, expected) => {
    expect(bracketBalance.isWellFormed(path, text)).toBe(expected);
  });
});

describe('measures of all completions together', () => {
  const outcomes = [
    outcome({ shown: 'abcd', isExact: true, confidence: 0.9, path: 'a.ts' }),
    outcome({ shown: 'x', confidence: 0.8, expected: 'abcdefgh', path: 'b.ts' }),
    outcome({ heldBack: 'abcd', confidence: 0.3, path: 'c.ts' }),
    outcome({ expected: 'ab', path: 'd.ts' }),
  ];
  const values = Object.fromEntries(COMPLETION_SET_METRICS.map((metric) => [metric.id, metric.of(outcomes)]));

  test('rate what is held back too, and not where there is no guess', () => {
    expect(ratedGuesses(outcomes)).toEqual([
      { confidence: 0.9, isRight: true },
      { confidence: 0.8, isRight: false },
      { confidence: 0.3, isRight: true },
    ]);
  });

  test('count the characters of what is exactly right', () => {
    expect(values).toMatchObject({ 'characters-saved': 1, 'share-saved': 4 / (4 + 8 + 4 + 2) });
  });

  test('have a precision for each show rate there are guesses for', () => {
    // Of four places 10 % is none, 30 % is one, 50 % two.
    expect(values).toMatchObject({ 'precision@show-30': 1, 'precision@show-50': 1 / 2 });
    expect(values['precision@show-10']).toBeUndefined();
  });

  test('say how far confidence is from what came of it', () => {
    expect(values['brier']).toBeCloseTo((0.1 ** 2 + 0.8 ** 2 + 0.7 ** 2) / 3, 12);
    expect(values['ece']).toBeCloseTo((0.1 + 0.8 + 0.7) / 3, 12);
  });

  test('have an interval that holds the value, the same for the same seed', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      outcome({ confidence: at / 40, shown: 'abcd', isExact: at % 3 > 0, path: `${at}.ts` }),
    );
    for (const metric of COMPLETION_SET_METRICS) {
      const score = setScoreOf(metric, many, 7);
      const [low, high] = score.interval ?? [NaN, NaN];
      expect(low).toBeLessThan(high);
      if (metric.id !== 'ece') expect(low <= (score.value ?? NaN) && (score.value ?? NaN) <= high).toBe(true);
      expect(setScoreOf(metric, many, 7)).toEqual(score);
    }
  });

  test('have none out of a single file, and no value out of nothing', () => {
    const [metric] = COMPLETION_SET_METRICS;
    const one = outcomes.map((each) => ({ ...each, path: 'a.ts' }));
    expect(metric && setScoreOf(metric, one, 1)).toMatchObject({ value: 4 / 18, interval: null });
    expect(metric && setScoreOf(metric, [], 1)).toMatchObject({ value: null, interval: null });
  });
});
