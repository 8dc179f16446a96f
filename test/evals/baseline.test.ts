import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CASES, evaluateFerries } from './ferries.ts';
import { expectBaseline } from './expectBaseline.ts';

const BASELINE = resolve(import.meta.dirname, 'baseline.json');

test('search, completion and the built-in answers score what they are known to', async () => {
  const evaluation = await evaluateFerries({ suites: ['retrieval', 'completion', 'chat'], cases: CASES });
  expect(evaluation.retrieval?.outcomes.length).toBeGreaterThan(60);
  expect(evaluation.completion?.outcomes.length).toBeGreaterThan(200);
  expect(evaluation.chat?.outcomes.length).toBeGreaterThan(100);
  expectBaseline(BASELINE, evaluation, CASES);
});
