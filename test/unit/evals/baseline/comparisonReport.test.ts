import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../../../src/evals/baseline/baseline.ts';
import { baselineOf, compareWithBaseline } from '../../../../src/evals/baseline/compareWithBaseline.ts';
import { formatBaseline } from '../../../../src/evals/baseline/formatBaseline.ts';
import { junitXml } from '../../../../src/evals/baseline/junitXml.ts';
import type { Evaluation } from '../../../../src/evals/evaluation.ts';
import { comparisonSection, comparisonText } from '../../../../src/evals/report/comparison.ts';
import { renderReport } from '../../../../src/evals/report/renderReport.ts';
import { expectGolden } from '../../../support/golden.ts';
import { asked, baselineFrom, completed, evaluationOf, RECIPE } from './baselineFixture.ts';

const golden = (name: string) => `${import.meta.dirname}/golden/${name}`;
const names = Array.from({ length: 24 }, (_, at) => `case ${`${at}`.padStart(2, '0')} <&>`);

const before = baselineFrom(
  [...names.map((name) => asked(name, 1)), asked('gone "quoted"', 1)],
  names.map((name) => completed(name, 'right')),
);
const evaluation = evaluationOf(
  [...names.map((name, at) => asked(name, at < 14 ? null : 1)), asked('new', 2)],
  names.map((name, at) => completed(name, at === 0 ? 'silent' : 'right')),
);
const comparison = compareWithBaseline(evaluation, before, 'lexer 2, embedder hash');

test('comparisonText looks like this', () => {
  expectGolden(golden('comparison.txt'), comparisonText(comparison));
});

test('a baseline of another wording of the prompt is named, and one that names none is of the first', () => {
  const chat = (model: string, prompt?: string): NonNullable<Evaluation['chat']> => ({
    ...{ outcomes: [], available: {}, remark: null, errors: [], runs: 1, model },
    ...(prompt !== undefined && { prompt }),
    summary: { scores: [], sets: [], groups: {}, latency: null, usage: null },
  });
  const settings = { wanted: 40, recipe: RECIPE };
  const measured = (made: NonNullable<Evaluation['chat']>) => ({ ...evaluationOf(null), chat: made });
  const old = baselineOf(measured(chat('openai:m')), settings);
  const first = baselineOf(measured(chat('openai:m', 'chat.answer@1')), settings);
  const builtIn = baselineOf(measured(chat('built-in')), settings);
  expect(JSON.parse(formatBaseline(first))).toMatchObject({ prompt: 'chat.answer@1' });
  expect(formatBaseline(builtIn)).not.toContain('prompt');
  const words = (baseline: Baseline, prompt?: string) =>
    comparisonText(compareWithBaseline(measured(chat('openai:m', prompt)), baseline, RECIPE));
  for (const made of [old, first]) {
    expect(words(made, 'chat.answer@1')).not.toContain('prompt');
    expect(words(made, 'chat.answer@2')).toContain('another prompt (chat.answer@1, now chat.answer@2).');
  }
  expect(words(builtIn, 'chat.answer@2')).not.toContain('prompt');
});

describe('comparisonSection', () => {
  test('looks like this', () => {
    expectGolden(golden('comparison.html'), comparisonSection(comparison).html);
  });

  test('is part of the report when there is a baseline, and only then', () => {
    expect(renderReport(evaluation, undefined, comparison)).toContain(comparisonSection(comparison).html);
    expect(renderReport(evaluation)).not.toContain('Against the baseline');
  });

  test('says when nothing changed', () => {
    const same = compareWithBaseline(evaluation, baselineFrom(evaluation.retrieval?.outcomes ?? []), RECIPE);
    const text = comparisonText(same);
    expect(text).toContain('no case changed');
    expect(text).not.toMatch(/The worst|made differently|vanished/);
  });
});

describe('junitXml', () => {
  test('looks like this', () => {
    const few = evaluationOf(
      [asked('case 00 <&>', null), asked('case 01 <&>', 1)],
      [completed('x', 'right')],
    );
    const stored = baselineFrom(
      [asked('case 00 <&>', 1), asked('case 01 <&>', 2), asked('gone "quoted"', 1)],
      [completed('x', 'right')],
    );
    expectGolden(golden('junit.xml'), junitXml(few, compareWithBaseline(few, stored, RECIPE)));
  });

  test('has no failures without a baseline, and none for improvements', () => {
    expect(junitXml(evaluation)).not.toContain('<failure');
    const errors = [{ id: 'gate', message: 'The model is “away”.' }];
    const chat = { ...evaluation.retrieval!, outcomes: [], model: 'openai:m', runs: 5, errors };
    const xml = junitXml({ ...evaluation, chat });
    expect(xml).toContain('<testsuite name="chat" tests="1" failures="0" errors="1" skipped="0"');
    expect(xml).toContain('name="gate">\n      <error message="The model is “away”."/>');
    const risen = compareWithBaseline(evaluationOf([asked('a', 1)]), baselineFrom([asked('a', 4)]), RECIPE);
    expect(junitXml(evaluationOf([asked('a', 1)]), risen)).not.toContain('<failure');
  });

  test('shows as a sign what XML cannot hold', () => {
    const xml = junitXml(evaluationOf([asked('a\u0000\u001b\ud800b😀', 1)]));
    expect(xml).toContain('name="a⟨U+0000⟩⟨U+001B⟩⟨U+D800⟩b😀"');
  });
});
