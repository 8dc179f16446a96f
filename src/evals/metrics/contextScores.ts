import type { Place } from '../evalCase.ts';
import { reaches } from './retrievalMetrics.ts';

/**
 * Context precision@K of Ragas (`ContextPrecision`, the form with reference contexts): with v_k = 1 where the k-th of
 * the first K places is right, `Σ_k precision@k · v_k / Σ_k v_k`: how far up the right ones stand among those retrieved.
 * 0 when none is right. Without a right place to find, or when nothing was retrieved, it does not apply.
 */
export function contextPrecision(
  retrieved: readonly Place[],
  gold: readonly Place[],
  most: number,
): number | undefined {
  if (gold.length === 0 || retrieved.length === 0) return undefined;
  let right = 0;
  let sum = 0;
  for (const [at, place] of retrieved.slice(0, most).entries()) {
    if (!gold.some((each) => reaches(place, each))) continue;
    right++;
    sum += right / (at + 1);
  }
  return right === 0 ? 0 : sum / right;
}

/**
 * Context recall as Ragas has it for ids (`IDBasedContextRecall`), with places for ids: share of the right places that
 * any of the first K retrieved ones reaches. 0 when nothing was retrieved; without a right place it does not apply.
 */
export function contextRecall(
  retrieved: readonly Place[],
  gold: readonly Place[],
  most: number,
): number | undefined {
  if (gold.length === 0) return undefined;
  const looked = retrieved.slice(0, most);
  return gold.filter((place) => looked.some((hit) => reaches(hit, place))).length / gold.length;
}

/**
 * Context precision as Ragas has it for ids (`IDBasedContextPrecision`), with places for ids: share of the first K
 * retrieved places that are right, whatever their order. Applies where `contextPrecision` does.
 */
export function contextShare(
  retrieved: readonly Place[],
  gold: readonly Place[],
  most: number,
): number | undefined {
  const looked = retrieved.slice(0, most);
  if (gold.length === 0 || looked.length === 0) return undefined;
  return looked.filter((hit) => gold.some((place) => reaches(hit, place))).length / looked.length;
}
