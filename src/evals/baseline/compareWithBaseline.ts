import { BUILT_IN } from '../../core/models/modelChoice.ts';
import { ownValue } from '../../core/shared/ownValue.ts';
import type { Evaluation, Suite } from '../evaluation.ts';
import { mean } from '../metrics/average.ts';
import { compareSlices, type Comparison } from '../statistics/comparison.ts';
import type { PairedCase } from '../statistics/significance.ts';
import type { Baseline, SuiteBaseline } from './baseline.ts';
import { type CaseScores, MEASURES, rounded, type ScoredCase, scoredCases, SUITES } from './scoredCase.ts';

/** A case whose scores are not what they were. */
export interface ChangedCase {
  readonly id: string;
  readonly before: CaseScores;
  readonly now: CaseScores;
  /** Sum of the differences over the suite's measures; below 0 when the case got worse. */
  readonly change: number;
}

export interface MeasureComparison {
  readonly metric: string;
  readonly label: string;
  /** `ours` is now and `theirs` the baseline; only cases that both have. */
  readonly comparison: Comparison;
}

export interface SuiteComparison {
  readonly suite: Suite;
  /** Headline first. */
  readonly measures: readonly MeasureComparison[];
  /** Worst first. */
  readonly changed: readonly ChangedCase[];
  /** Ids of cases that only the baseline has, and that only this evaluation has. */
  readonly vanished: readonly string[];
  readonly added: readonly string[];
}

export interface BaselineComparison {
  /** How the baseline's index was made, and this one's. */
  readonly recipe: { readonly before: string; readonly now: string };
  /** The wordings that the models were asked with; null when no model was, then or now. */
  readonly prompt: { readonly before: string; readonly now: string } | null;
  readonly suites: readonly SuiteComparison[];
}

/**
 * Compares an evaluation with its baseline case by case. Cases made from one file count as depending on each other, and
 * the p-values are corrected for there being several measures.
 */
export function compareWithBaseline(
  evaluation: Evaluation,
  baseline: Baseline,
  recipe: string,
): BaselineComparison {
  const scored = scoredCases(evaluation);
  const paired = SUITES.flatMap((suite) => {
    const before = baseline.suites[suite];
    const now = scored[suite];
    return before && now ? [{ suite, now, before }] : [];
  });
  const slices = paired.flatMap(({ suite, now, before }) =>
    MEASURES[suite].map(({ id }) => [`${suite} ${id}`, pairs(now, before, id)] as const),
  );
  const compared = compareSlices(Object.fromEntries(slices), evaluation.seed);
  return {
    recipe: { before: baseline.recipe, now: recipe },
    prompt: promptsOf(evaluation, baseline),
    suites: paired.map(({ suite, now, before }) => ({
      suite,
      measures: MEASURES[suite].flatMap(({ id, label }) => {
        const comparison = compared[`${suite} ${id}`];
        return comparison ? [{ metric: id, label, comparison }] : [];
      }),
      ...casesOf(now, before, new Set(suite === 'chat' ? evaluation.chat?.errors.map(({ id }) => id) : [])),
    })),
  };
}

/** What every model was asked with whose baseline does not say. */
const FIRST_PROMPT = 'chat.answer@1';

function promptsOf({ chat }: Evaluation, { suites, model, prompt }: Baseline): BaselineComparison['prompt'] {
  if (chat?.prompt === undefined || !suites.chat || model === BUILT_IN) return null;
  return { before: prompt ?? FIRST_PROMPT, now: chat.prompt };
}

function pairs(now: readonly ScoredCase[], { cases }: SuiteBaseline, measure: string): readonly PairedCase[] {
  return now.flatMap(({ id, path, scores }) => {
    const ours = ownValue(scores, measure);
    const theirs = ownValue(ownValue(cases, id) ?? {}, measure);
    return ours === undefined || theirs === undefined ? [] : [{ cluster: path, ours, theirs }];
  });
}

function casesOf(
  now: readonly ScoredCase[],
  { cases }: SuiteBaseline,
  failed: ReadonlySet<string>,
): Pick<SuiteComparison, 'changed' | 'vanished' | 'added'> {
  const present = new Set(now.map(({ id }) => id));
  const changed = now.flatMap(({ id, scores }): ChangedCase[] => {
    const before = ownValue(cases, id);
    if (!before) return [];
    const differences = Object.entries(scores).map(
      ([measure, score]) => score - (ownValue(before, measure) ?? score),
    );
    if (differences.every((difference) => difference === 0)) return [];
    return [{ id, before, now: scores, change: differences.reduce((sum, each) => sum + each, 0) }];
  });
  return {
    changed: changed.sort((a, b) => a.change - b.change || (a.id < b.id ? -1 : 1)),
    // A case that met an error is still there.
    vanished: Object.keys(cases).filter((id) => !present.has(id) && !failed.has(id)),
    added: now.map(({ id }) => id).filter((id) => !Object.hasOwn(cases, id)),
  };
}

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
