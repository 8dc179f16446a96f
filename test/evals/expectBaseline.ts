import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { baselineSchema } from '../../src/evals/baseline/baseline.ts';
import { baselineOf, compareWithBaseline } from '../../src/evals/baseline/compareWithBaseline.ts';
import { changeWords } from '../../src/evals/baseline/changeWords.ts';
import { formatBaseline } from '../../src/evals/baseline/formatBaseline.ts';
import type { Evaluation } from '../../src/evals/evaluation.ts';
import { comparisonText } from '../../src/evals/report/comparison.ts';
import { recipeFor } from '../../src/core/indexing/recipe.ts';
import { builtInMethod } from '../../src/engine/workspace/folderStores.ts';

/**
 * Every case scores what the committed baseline says, no case vanished and none is new: built-in parts give the same
 * scores each time, so any other score is a change to review. `UPDATE_GOLDEN=1` writes the file instead.
 */
export function expectBaseline(file: string, evaluation: Evaluation, wanted: number): void {
  const recipe = recipeFor(builtInMethod().id);
  const now = baselineOf(evaluation, { wanted, recipe });
  if (process.env['UPDATE_GOLDEN'] || !existsSync(file)) writeFileSync(file, formatBaseline(now));
  const text = readFileSync(file, 'utf8');
  const comparison = compareWithBaseline(evaluation, baselineSchema.parse(JSON.parse(text)), recipe);
  const differences = comparison.suites.flatMap(({ suite, changed, vanished, added }) => [
    ...changed.map((each) => `${suite} ${each.id}: ${changeWords(each)}`),
    ...vanished.map((id) => `${suite} ${id}: vanished`),
    ...added.map((id) => `${suite} ${id}: new`),
  ]);
  const review = `${comparisonText(comparison)}\nIf this is meant, run once with UPDATE_GOLDEN=1 and commit the diff of ${file}.`;
  expect(differences, review).toEqual([]);
  expect(formatBaseline(now), review).toBe(text);
}
