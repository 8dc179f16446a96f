import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baselineSchema, differentSettings, settingsOf } from '../../../../src/evals/baseline/baseline.ts';
import { formatBaseline } from '../../../../src/evals/baseline/formatBaseline.ts';
import { asked, baselineFrom, completed } from './baselineFixture.ts';

const baseline = baselineFrom(
  [asked('b', 3), asked('a', null), asked('a', 1)],
  [completed('mask:1', 'right'), completed('mask:2', 'wrong'), completed('mask:3', 'silent')],
);

describe('formatBaseline', () => {
  test('has a line for each case, sorted and rounded', () => {
    expect(formatBaseline(baseline)).toBe(`{
  "format": 1,
  "recipe": "lexer 1, embedder hash",
  "seed": 1,
  "wanted": 40,
  "suites": {
    "retrieval": {
      "count": 3,
      "mean": { "hit@10": 0.667, "mrr@10": 0.444, "line-f1@10": 0, "clean-cuts@10": 0 },
      "cases": {
        "a": { "hit@10": 0, "mrr@10": 0, "line-f1@10": 0, "clean-cuts@10": 0 },
        "a (2)": { "hit@10": 1, "mrr@10": 1, "line-f1@10": 0, "clean-cuts@10": 0 },
        "b": { "hit@10": 1, "mrr@10": 0.333, "line-f1@10": 0, "clean-cuts@10": 0 }
      }
    },
    "completion": {
      "count": 3,
      "mean": { "exact-line": 0.333, "not-misled": 0.667 },
      "cases": {
        "mask:1": { "exact-line": 1, "not-misled": 1 },
        "mask:2": { "exact-line": 0, "not-misled": 0 },
        "mask:3": { "exact-line": 0, "not-misled": 1 }
      }
    }
  }
}
`);
  });

  test('says the same in whatever order the cases ran', () => {
    const cases = ['d', 'b', 'a', 'c'].map((id, at) => asked(id, at + 1));
    expect(formatBaseline(baselineFrom(cases.toReversed()))).toBe(formatBaseline(baselineFrom(cases)));
  });

  test('is read back as it was, whatever the ids', () => {
    const cases = fc.uniqueArray(fc.tuple(fc.string(), fc.option(fc.integer({ min: 1, max: 12 }))), {
      selector: ([id]) => id,
    });
    fc.assert(
      fc.property(cases, (drawn) => {
        const made = baselineFrom(drawn.map(([id, rank]) => asked(`case:${id}`, rank)));
        expect(baselineSchema.parse(JSON.parse(formatBaseline(made)))).toEqual(made);
      }),
    );
  });
});

describe('baselineSchema', () => {
  const { retrieval } = baseline.suites;
  test.each([
    ['another format', { ...baseline, format: 2 }],
    ['no suite', { ...baseline, suites: {} }],
    ['a lost case', { ...baseline, suites: { retrieval: { ...retrieval, count: 4 } } }],
    ['an impossible score', { ...baseline, suites: { retrieval: { ...retrieval, mean: { mrr: 1.5 } } } }],
    ['something else', []],
  ])('refuses %s', (_, read) => {
    expect(baselineSchema.safeParse(read).success).toBe(false);
  });
});

test('differentSettings names what was different, and nothing else', () => {
  expect(differentSettings(baseline, settingsOf(baseline))).toEqual([]);
  expect(differentSettings(baseline, { ...settingsOf(baseline), suites: ['retrieval'], seed: 2 })).toEqual([
    'suites retrieval and completion, not suites retrieval',
    'seed 1, not seed 2',
  ]);
  const chat = { ...baseline, model: 'openai:m', runs: 5, suites: { chat: baseline.suites.retrieval! } };
  expect(differentSettings(chat, { ...settingsOf(chat), model: 'built-in', runs: 1 })).toEqual([
    'model openai:m, not model built-in',
    '5 runs, not 1 run',
  ]);
  expect(differentSettings(baseline, { ...settingsOf(baseline), wanted: 9 })).toEqual([
    '40 cases, not 9 cases',
  ]);
});
