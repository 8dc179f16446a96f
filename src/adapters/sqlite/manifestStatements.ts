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
      `INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET size = excluded.size,
        modified_ms = excluded.modified_ms, hash = excluded.hash, chunk_count = excluded.chunk_count,
        segment = excluded.segment, checksum = excluded.checksum`,
    ),
    dropSegments: database.prepare(
      `INSERT OR REPLACE INTO dropped SELECT id, ? FROM segments
        WHERE NOT EXISTS (SELECT 1 FROM files WHERE segment = id)`,
    ),
    deleteSegments: database.prepare(
      'DELETE FROM segments WHERE NOT EXISTS (SELECT 1 FROM files WHERE segment = id)',
    ),
    forgetDropped: database.prepare('DELETE FROM dropped WHERE at NOT BETWEEN ? AND ?'),
    keptSegments: database.prepare(
      'SELECT id FROM dropped WHERE at BETWEEN ? AND ? UNION ALL SELECT id FROM segments',
    ),
    keptShards: database.prepare('SELECT role, shard, version FROM shards'),
    keptBases: database.prepare("SELECT basis ->> '$.id' AS id FROM vector_sets WHERE basis IS NOT NULL"),
    deleteOwed: database.prepare('DELETE FROM owed'),
    deleteShards: database.prepare('DELETE FROM shards'),
    deleteSets: database.prepare('DELETE FROM vector_sets'),
    addSet: database.prepare('INSERT INTO vector_sets VALUES (?, ?, ?, ?, ?, ?)'),
    addShards: database.prepare('INSERT INTO shards SELECT ?, key, value FROM json_each(?)'),
    addCommit: database.prepare('INSERT INTO commits VALUES (?, lower(hex(randomblob(16))))'),
    addChanges: database.prepare('INSERT INTO changes SELECT DISTINCT ?, value FROM json_each(?)'),
    forgetCommits: database.prepare('DELETE FROM commits WHERE generation < ?'),
    forgetChanges: database.prepare('DELETE FROM changes WHERE generation <= ?'),
    addOwed: database.prepare('INSERT INTO owed SELECT ?, value FROM json_each(?)'),
  };
}
