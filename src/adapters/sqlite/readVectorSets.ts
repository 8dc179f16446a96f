import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { LearntBasis, VectorSet, VectorSets } from '../../core/indexing/records.ts';

/** Reads the sets of vectors of the newest generation. */
export function readVectorSets(database: DatabaseSync): VectorSets {
  const sets: { -readonly [Role in keyof VectorSets]: VectorSets[Role] } = {};
  for (const row of database.prepare('SELECT * FROM vector_sets').all()) {
    sets[row['role'] as keyof VectorSets] = readSet(database, row);
  }
  return sets;
}

/** The tables are STRICT and `basis` is what `commitChange` wrote. */
function readSet(database: DatabaseSync, row: Record<string, SQLOutputValue>): VectorSet {
  const role = row['role'] as string;
  const basis = row['basis'] as string | null;
  const shards = database.prepare('SELECT shard, version FROM shards WHERE role = ?').all(role);
  const owed = database.prepare('SELECT path FROM owed WHERE role = ?').all(role);
  return {
    method: row['method'] as string,
    embedder: row['embedder'] as string,
    dims: row['dims'] as number,
    ...(basis !== null && { basis: JSON.parse(basis) as LearntBasis }),
    shards: Object.fromEntries(
      shards.map(({ shard, version }) => [shard as number, version as number] as const),
    ),
    owed: new Set(owed.map(({ path }) => path as string)),
  };
}
