import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { StoredProjection, VectorSet, VectorSets } from '../../core/ports/indexStore.ts';
import type { VectorVersion } from '../../core/ports/vectors.ts';
import {
  checkRow,
  countIn,
  DamagedRowError,
  nameIn,
  numberIn,
  pathIn,
  type Row,
  textIn,
} from './rowChecksum.ts';
import { versionOfRows } from './versionRows.ts';

const ROLE = /^(?:serving|next)$/;
/** More numbers than any model's vectors have. */
const MAX_DIMS = 2 ** 16;

const PROJECTION_ID = /^[0-9a-f]{24}$/;

/** Reads the sets of vectors of the newest generation. */
export function readVectorSets(database: DatabaseSync): VectorSets {
  const sets: { -readonly [Role in keyof VectorSets]: VectorSets[Role] } = {};
  for (const row of database.prepare('SELECT * FROM vector_sets').all()) {
    sets[nameIn(row, 'role', ROLE) as keyof VectorSets] = readSet(database, row);
  }
  return sets;
}

function readSet(database: DatabaseSync, row: Record<string, SQLOutputValue>): VectorSet {
  const role = textIn(row, 'role');
  const basis = row['basis'] === null ? null : textIn(row, 'basis');
  const [method, embedder] = [textIn(row, 'method'), textIn(row, 'embedder')];
  const dims = countIn(row, 'dims');
  if (dims === 0 || dims > MAX_DIMS) throw new DamagedRowError('dims');
  checkRow(row, role, method, embedder, dims, basis);
  const shards = database.prepare('SELECT shard, version FROM shards WHERE role = ?').all(role);
  const owed = database.prepare('SELECT path FROM owed WHERE role = ?').all(role);
  return {
    ...{ method, embedder, dims },
    ...(basis !== null && { projection: parseBasis(basis) }),
    version: toVersion(shards),
    pending: new Set(owed.map((each) => pathIn(each, 'path'))),
  };
}

/** The versions of vectors that the sets of the newest generation name, given all rows of `shards`. */
export function namedVersions(shards: readonly Row[]): readonly VectorVersion[] {
  return [...Map.groupBy(shards, (row) => textIn(row, 'role')).values()].map(toVersion);
}

function toVersion(rows: readonly Row[]): VectorVersion {
  return versionOfRows(
    Object.fromEntries(rows.map((row) => [numberIn(row, 'shard'), numberIn(row, 'version')] as const)),
  );
}

/** What `commitChange` wrote. */
function parseBasis(json: string): StoredProjection {
  try {
    const { id, chunks, folded } = JSON.parse(json) as StoredProjection;
    const counts = [chunks, folded.chunks, folded.terms, folded.unknown];
    const isOurs =
      PROJECTION_ID.test(id) && counts.every((count) => Number.isSafeInteger(count) && count >= 0);
    if (isOurs) return { id, chunks, folded };
  } catch {
    // Nothing of this form.
  }
  throw new DamagedRowError('basis');
}
