import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { ModelToEvaluate } from '../../src/engine/evaluation/evaluatedModel.ts';
import { evaluateFerries } from './ferries.ts';
import { expectBaseline } from './expectBaseline.ts';
import { startScriptedModel } from './scriptedModel.ts';

const RECORDINGS = resolve(import.meta.dirname, 'scripted.jsonl');
const BASELINE = resolve(import.meta.dirname, 'scripted.json');
const CASES = 10;
const RUNS = 3;

const evaluate = (baseUrl: string, cache: ModelToEvaluate['cache']) =>
  evaluateFerries({
    suites: ['chat'],
    cases: CASES,
    runs: RUNS,
    parallel: cache === 'record' ? 1 : 4,
    model: {
      access: { provider: 'compatible', model: 'scripted', baseUrl },
      cache,
      recordings: RECORDINGS,
    },
  });

/** Records every answer anew. */
async function record(): Promise<void> {
  rmSync(RECORDINGS, { force: true });
  const server = await startScriptedModel();
  await evaluate(`${server.url}/v1`, 'record');
  await server.close();
}

test('a model that is not there scores what its recorded answers are known to', async () => {
  if (process.env['UPDATE_GOLDEN']) await record();
  const evaluation = await evaluate('http://localhost:9/v1', 'require');
  const trials = evaluation.chat?.outcomes.flatMap((outcome) => outcome.trials) ?? [];
  expect(trials).toHaveLength(CASES * RUNS);
  expect(trials.every(({ isReplayed }) => isReplayed)).toBe(true);
  expect(new Set(trials.map(({ outputTokens }) => outputTokens))).toEqual(new Set([7]));
  expectBaseline(BASELINE, evaluation, CASES);
});
