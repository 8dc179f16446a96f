import type { Place } from '../../evals/evalCase.ts';
import { ndcg } from '../../evals/metrics/retrievalMetrics.ts';

/** NDCG@10 of a list of places where whole files are right. */
export interface FileGain {
  /** Of the files in the order of their first places. */
  readonly file: number;
  /** Of the places as they come: a second place of a file takes a rank and gains nothing. */
  readonly chunk: number;
}

const LOOKED_AT = 10;

/** `right` must not be empty. */
export function fileGain(places: readonly { readonly path: string }[], right: ReadonlySet<string>): FileGain {
  const files = new Set(places.map(({ path }) => path));
  const gold = [...right].map(wholeFile);
  return {
    file: ndcg([...files].map(wholeFile), gold, LOOKED_AT),
    chunk: ndcg(
      places.map(({ path }) => wholeFile(path)),
      gold,
      LOOKED_AT,
    ),
  };
}

/** One line stands for all of them. */
function wholeFile(path: string): Place {
  return { path, startLine: 1, endLine: 1 };
}
