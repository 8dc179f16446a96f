import type { DatabaseSync } from 'node:sqlite';

export type ManifestStatements = ReturnType<typeof prepareManifest>;

/** Everything that is asked of the manifest on the lasting connection. */
export function prepareManifest(database: DatabaseSync) {
  return {
    state: database.prepare('SELECT generation, last_segment AS lastSegment FROM state'),
    setState: database.prepare(
      'UPDATE state SET generation = ?, recipe = ?, complete = ?, last_segment = ? WHERE only = 1',
    ),
    addSegment: database.prepare('INSERT INTO segments VALUES (?)'),
    removeFile: database.prepare('DELETE FROM files WHERE path = ?'),
    putFile: database.prepare(
      `INSERT INTO files VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET size = excluded.size,
        modified_ms = excluded.modified_ms, hash = excluded.hash, chunk_count = excluded.chunk_count,
        segment = excluded.segment`,
    ),
    dropSegments: database.prepare(
      `INSERT OR REPLACE INTO dropped SELECT 'segment', id, ? FROM segments
        WHERE NOT EXISTS (SELECT 1 FROM files WHERE segment = id)`,
    ),
    deleteSegments: database.prepare(
      'DELETE FROM segments WHERE NOT EXISTS (SELECT 1 FROM files WHERE segment = id)',
    ),
    dropShards: database.prepare(
      "INSERT OR REPLACE INTO dropped SELECT 'shard', shard || '/' || version, ? FROM shards",
    ),
    deleteShards: database.prepare('DELETE FROM shards'),
    addShard: database.prepare('INSERT INTO shards VALUES (?, ?)'),
    keepShards: database.prepare(
      "DELETE FROM dropped WHERE kind = 'shard' AND name IN (SELECT shard || '/' || version FROM shards)",
    ),
    forgetDropped: database.prepare('DELETE FROM dropped WHERE at NOT BETWEEN ? AND ?'),
    kept: database.prepare(
      `SELECT kind, name FROM dropped WHERE at BETWEEN ? AND ?
        UNION ALL SELECT 'segment', id FROM segments
        UNION ALL SELECT 'shard', shard || '/' || version FROM shards`,
    ),
  };
}
