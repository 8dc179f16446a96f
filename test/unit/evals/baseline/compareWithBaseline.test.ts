import { describe, expect, test } from 'vitest';
import { compareWithBaseline } from '../../../../src/evals/baseline/compareWithBaseline.ts';
import { objections } from '../../../../src/evals/baseline/objections.ts';
import { asked, baselineFrom, completed, evaluationOf, RECIPE } from './baselineFixture.ts';

type Suites = Parameters<typeof evaluationOf>;

function compare(before: Suites, now: Suites) {
  return compareWithBaseline(evaluationOf(...now), baselineFrom(...before), RECIPE);
}

/** Forty questions from forty files, the first `missed` of them missed. */
function questions(missed: number) {
  return Array.from({ length: 40 }, (_, at) => asked(`q${at}`, at < missed ? null : 1));
}

describe('compareWithBaseline', () => {
  test('finds nothing where nothing changed, thirds included', () => {
    const suites: Suites = [[asked('a', 3), asked('b', 7)], [completed('c', 'right')]];
    const { suites: compared } = compare(suites, suites);
    expect(
      compared.map(({ suite, changed, vanished, added }) => ({ suite, changed, vanished, added })),
    ).toEqual(['retrieval', 'completion'].map((suite) => ({ suite, changed: [], vanished: [], added: [] })));
    expect(compared.flatMap(({ measures }) => measures.map(({ comparison }) => comparison.outcome))).toEqual(
      Array.from({ length: 6 }, () => 'no visible difference'),
    );
  });

  test('lists what changed, worst first', () => {
    const before: Suites = [[asked('better', null), asked('lower', 1), asked('lost', 1), asked('same', 2)]];
    const now: Suites = [[asked('better', 2), asked('lower', 2), asked('lost', null), asked('same', 2)]];
    const [retrieval] = compare(before, now).suites;
    expect(retrieval?.changed.map(({ id, change }) => [id, change])).toEqual([
      ['lost', -2],
      ['lower', -0.5],
      ['better', 1.5],
    ]);
  });

  test('pairs by id and compares only what both have', () => {
    const [retrieval] = compare(
      [[asked('gone', 1), asked('kept', 1)]],
      [[asked('kept', 1), asked('new', null)]],
    ).suites;
    expect(retrieval).toMatchObject({ vanished: ['gone'], added: ['new'], changed: [] });
    expect(retrieval?.measures.map(({ comparison }) => comparison.n)).toEqual([1, 1, 1, 1]);
  });

  test('takes the cases of one file together', () => {
    const from = (rank: number | null) => questions(0).map(({ id }) => asked(id, rank, 'src/one.ts'));
    const [retrieval] = compare([from(1)], [from(null)]).suites;
    expect(retrieval?.measures[0]?.comparison).toMatchObject({
      clusters: 1,
      losses: 40,
      outcome: 'no visible difference',
    });
  });

  test('sees wrong completions where silence was', () => {
    const lines = (went: 'silent' | 'wrong') => questions(0).map(({ id }) => completed(id, went));
    const [completion] = compare([null, lines('silent')], [null, lines('wrong')]).suites;
    expect(completion?.measures.map(({ metric, comparison }) => [metric, comparison.outcome])).toEqual([
      ['exact-line', 'no visible difference'],
      ['not-misled', 'worse'],
    ]);
  });
});

describe('objections', () => {
  const few = compare([questions(0)], [questions(2)]);
  const worse = compare([questions(0)], [questions(20)]);
  const better = compare([questions(20)], [questions(0)]);
  const others = compare([questions(0)], [[...questions(0).slice(1), asked('new', 1)]]);

  test('are raised against what is visibly worse', () => {
    const raised = objections(worse, false);
    expect(raised[0]).toBe('Search: “Right among the first 10” is visibly worse than the baseline.');
    expect(objections(worse, true)).toEqual(raised);
  });

  test('are raised against improvements and other cases only when strict', () => {
    expect(objections(better, false)).toEqual([]);
    expect(objections(better, true)[0]).toContain('visibly better');
    expect(objections(others, false)).toEqual([]);
    expect(objections(others, true)).toEqual([
      'Search: 1 case of the baseline vanished.',
      'Search: 1 new case not in the baseline.',
    ]);
  });

  test('are not raised against what chance may do', () => {
    expect(objections(few, true)).toEqual([]);
  });
});
