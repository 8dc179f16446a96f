import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { LearntBasis, VectorSet, VectorSets } from '../../core/ports/indexRecords.ts';
import { numberIn, textIn } from './columns.ts';
import { DamagedRowError } from './damagedRowError.ts';
import { checkRow } from './rowChecksum.ts';

/** Reads the sets of vectors of the newest generation. */
export function readVectorSets(database: DatabaseSync): VectorSets {
  const sets: { -readonly [Role in keyof VectorSets]: VectorSets[Role] } = {};
  for (const row of database.prepare('SELECT * FROM vector_sets').all()) {
    sets[row['role'] as keyof VectorSets] = readSet(database, row);
  }
  return sets;
}

function readSet(database: DatabaseSync, row: Record<string, SQLOutputValue>): VectorSet {
  const role = textIn(row, 'role');
  const basis = row['basis'] === null ? null : textIn(row, 'basis');
  const [method, embedder] = [textIn(row, 'method'), textIn(row, 'embedder')];
  const dims = numberIn(row, 'dims');
  checkRow(row, role, method, embedder, dims, basis);
  const shards = database.prepare('SELECT shard, version FROM shards WHERE role = ?').all(role);
  const owed = database.prepare('SELECT path FROM owed WHERE role = ?').all(role);
  return {
    ...{ method, embedder, dims },
    ...(basis !== null && { basis: parseBasis(basis) }),
    shards: Object.fromEntries(
      shards.map((each) => [numberIn(each, 'shard'), numberIn(each, 'version')] as const),
    ),
    owed: new Set(owed.map((each) => textIn(each, 'path'))),
  };
}

/** What `commitChange` wrote. */
function parseBasis(json: string): LearntBasis {
  try {
    return JSON.parse(json) as LearntBasis;
  } catch {
    throw new DamagedRowError('basis');
  }
}
