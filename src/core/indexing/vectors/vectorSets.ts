import type { VectorSet, VectorSets } from '../../ports/indexStore.ts';

/** The same sets, the vectors of these files pending, too. */
export function withPending({ serving, next }: VectorSets, paths: Iterable<string>): VectorSets {
  const more = [...paths];
  const add = (set: VectorSet): VectorSet => ({ ...set, pending: new Set([...set.pending, ...more]) });
  return asSets(serving && add(serving), next && add(next));
}

/** Every set changed by `change`; those it gives `undefined` for are dropped. */
export async function mapSets(
  { serving, next }: VectorSets,
  change: (set: VectorSet) => Promise<VectorSet | undefined>,
): Promise<VectorSets> {
  return asSets(serving && (await change(serving)), next && (await change(next)));
}

function asSets(serving: VectorSet | undefined, next: VectorSet | undefined): VectorSets {
  return { ...(serving && { serving }), ...(next && { next }) };
}
