import type { Evaluation, Suite } from '../evaluation.ts';
import { mean } from '../metrics/average.ts';
import type { Baseline, SuiteBaseline } from './baseline.ts';
import { MEASURES, SUITES } from './measures.ts';
import { rounded, scoredCases, type ScoredCase } from './scoredCase.ts';

/** What an evaluation leaves to be compared with. `wanted` and `recipe` are what it was run with. */
export function baselineOf(
  evaluation: Evaluation,
  { wanted, recipe }: { readonly wanted: number; readonly recipe: string },
): Baseline {
  const scored = scoredCases(evaluation);
  const suites = SUITES.flatMap((suite) => {
    const cases = scored[suite];
    return cases ? [[suite, suiteBaseline(suite, cases)] as const] : [];
  });
  const { seed, chat } = evaluation;
  return {
    ...{ format: 1, recipe, seed, wanted },
    ...(chat && { model: chat.model, runs: chat.runs }),
    ...(chat?.prompt !== undefined && { prompt: chat.prompt }),
    suites: Object.fromEntries(suites),
  };
}

function suiteBaseline(suite: Suite, cases: readonly ScoredCase[]): SuiteBaseline {
  const sorted = cases.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    count: cases.length,
    mean: Object.fromEntries(
      MEASURES[suite].flatMap(({ id }) => {
        const value = mean(cases.map(({ scores }) => scores[id]));
        return value === undefined ? [] : [[id, rounded(value)] as const];
      }),
    ),
    cases: Object.fromEntries(sorted.map(({ id, scores }) => [id, scores])),
  };
}
