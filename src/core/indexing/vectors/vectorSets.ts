import type { VectorSet, VectorSets } from '../../ports/indexRecords.ts';

/** The same sets, owing the vectors of these files, too. */
export function owing({ serving, next }: VectorSets, paths: Iterable<string>): VectorSets {
  const more = [...paths];
  const add = (set: VectorSet): VectorSet => ({ ...set, owed: new Set([...set.owed, ...more]) });
  return asSets(serving && add(serving), next && add(next));
}

/** Every set changed by `change`; those it gives `undefined` for are left out. */
export async function mapSets(
  { serving, next }: VectorSets,
  change: (set: VectorSet) => Promise<VectorSet | undefined>,
): Promise<VectorSets> {
  return asSets(serving && (await change(serving)), next && (await change(next)));
}

function asSets(serving: VectorSet | undefined, next: VectorSet | undefined): VectorSets {
  return { ...(serving && { serving }), ...(next && { next }) };
}
