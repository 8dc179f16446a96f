import type { EvalCase } from './evalCase.ts';
import type { CaseError } from './evaluation.ts';

/** What came of a case: an outcome, or why there is none. */
export type CaseResult<O> =
  { readonly outcome: O; readonly error?: never } | { readonly error: CaseError; readonly outcome?: never };

export interface RunCasesOptions<C, O> {
  /** At most so many cases at a time. */
  readonly parallel: number;
  /** What an earlier run has found out already. */
  readonly finished: (each: C) => O | undefined;
  /** Rejects only with what makes going on senseless. */
  readonly run: (each: C, signal: AbortSignal) => Promise<CaseResult<O>>;
  /** Keeps an outcome for a later run. */
  readonly keep: (each: C, outcome: O) => Promise<void>;
  readonly onDone: (done: number) => void;
  readonly signal: AbortSignal | undefined;
}

export interface RanCases<O> {
  /** In the order of the cases, whatever finished first. */
  readonly outcomes: readonly O[];
  readonly errors: readonly CaseError[];
}

/** More errors than this share make a run inconclusive. */
export const MAX_ERRORS = 0.02;
/** Before giving up, so many cases are tried: two that fail may be chance. */
const TRIED = 5;

/**
 * Runs every case that is not finished. Gives up, with the rest as errors, once so many have failed that the run says
 * nothing; rejects with the first reason that a case rejects with, or the signal's, after the cases under way have ended.
 */
export async function runCases<C extends EvalCase, O>(
  cases: readonly C[],
  options: RunCasesOptions<C, O>,
): Promise<RanCases<O>> {
  const { parallel, finished, onDone } = options;
  const results: (CaseResult<O> | undefined)[] = cases.map((each) => {
    const outcome = finished(each);
    return outcome === undefined ? undefined : { outcome };
  });
  const queue = [...cases.entries()].filter(([at]) => !results[at]);
  let done = cases.length - queue.length;
  let failed = 0;
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next && !isHopeless(failed, cases.length); next = queue.shift()) {
      signal.throwIfAborted();
      const [at, each] = next;
      const result = await options.run(each, signal);
      results[at] = result;
      if (result.error) failed++;
      else await options.keep(each, result.outcome);
      onDone(++done);
    }
  };
  const workers = Array.from({ length: Math.max(1, parallel) }, () =>
    work().catch((error: unknown) => {
      stop.abort(error);
    }),
  );
  await Promise.all(workers);
  options.signal?.throwIfAborted();
  stop.signal.throwIfAborted();
  return sorted(cases, results);
}

function isHopeless(failed: number, count: number): boolean {
  return failed >= TRIED && failed > MAX_ERRORS * count;
}

function sorted<O>(cases: readonly EvalCase[], results: readonly (CaseResult<O> | undefined)[]): RanCases<O> {
  return {
    outcomes: results.flatMap((result) => (result?.outcome === undefined ? [] : [result.outcome])),
    errors: cases.flatMap(({ id }, at) => {
      const result = results[at];
      if (result) return result.error ?? [];
      return [{ id, message: 'Not tried, because too many others failed.' }];
    }),
  };
}
