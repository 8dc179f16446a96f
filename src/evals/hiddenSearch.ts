import type { Hidden } from './evalCase.ts';
import type { EvaluationProgress } from './evaluation.ts';
import { hideCases, type IndexedText } from './hiddenText.ts';
import { lazily } from '../core/async/lazily.ts';
import { buildRetrievalIndex } from './retrievalIndex.ts';
import type { Search } from '../core/retrieval/search.ts';
import type { SuiteContext } from './suiteContext.ts';

/** A workspace without what cases are made from. */
export interface HiddenSearch {
  readonly texts: readonly IndexedText[];
  /** Builds the index with the first call: a suite whose cases are all answered already needs none. */
  readonly search: () => Promise<Search>;
}

/** Hides what the cases are made from; progress of the index is told as `phase`. */
export function hiddenSearch(
  cases: readonly { readonly hides: readonly Hidden[] }[],
  context: SuiteContext,
  phase: EvaluationProgress['phase'],
): HiddenSearch {
  const { workspace, pace, report, signal } = context;
  const texts = hideCases(
    workspace.files,
    cases.flatMap(({ hides }) => hides),
  );
  const onProgress = (done: number, total: number) => {
    report(phase, done, total);
  };
  const search = lazily(() => buildRetrievalIndex(texts, context, { pace, signal, onProgress }));
  return { texts, search };
}
