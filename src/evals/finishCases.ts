import { journalKey } from './caseJournal.ts';
import type { EvalCase } from './evalCase.ts';
import type { EvaluationProgress, Suite } from './evaluation.ts';
import { runCases, type CaseResult, type RanCases } from './runCases.ts';
import type { SuiteContext } from './suiteContext.ts';

export interface FinishOptions<C, O> {
  readonly phase: EvaluationProgress['phase'];
  /** 1 unless given. */
  readonly parallel?: number;
  readonly run: (each: C, signal: AbortSignal) => Promise<CaseResult<O>>;
}

/** Runs the cases of a suite that an earlier evaluation, which was interrupted, has not finished. */
export function finishCases<C extends EvalCase, O>(
  suite: Suite,
  cases: readonly C[],
  { journal, hash, pace, report, signal }: SuiteContext,
  { phase, parallel = 1, run }: FinishOptions<C, O>,
): Promise<RanCases<O>> {
  const keyOf = (each: C): string => (journal ? journalKey(suite, each, journal.identity, hash) : '');
  return runCases<C, O>(cases, {
    parallel,
    signal,
    // The key says by which program it was written, so it has the form that this one writes.
    finished: (each) => journal?.cases.find(keyOf(each)) as O | undefined,
    keep: async (each, outcome) => journal?.cases.add(keyOf(each), outcome),
    onDone: (done) => {
      report(phase, done, cases.length);
    },
    run: async (each, abort) => {
      await pace();
      return run(each, abort);
    },
  });
}
