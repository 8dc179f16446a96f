import type { DatabaseFormat } from './databaseFormat.ts';

/**
 * The manifest: which files, segments and sets of vectors make up the newest generation. `dropped` lists segments that
 * earlier generations used, with the time in milliseconds since the epoch at which each was dropped. `role` is a key
 * of `VectorSets`, `shards` the version of a set's vectors (see `VersionRows`), `owed` what is pending in it, `basis` a `StoredProjection` as JSON. `commits` gives the latest generations random marks, and `changes`
 * lists the files that were written or removed after the oldest of them. `checksum` is that of `rowChecksum`.
 */
export const MANIFEST_FORMAT: DatabaseFormat = {
  applicationId: 0x54534d46,
  version: 4,
  createSql: `
    CREATE TABLE state (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      generation INTEGER NOT NULL,
      recipe TEXT NOT NULL,
      complete INTEGER NOT NULL,
      last_segment INTEGER NOT NULL
    ) STRICT;
    INSERT INTO state VALUES (1, 0, '', 0, 0);
    CREATE TABLE segments (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE files (
      path TEXT PRIMARY KEY,
      size INTEGER NOT NULL,
      modified_ms REAL NOT NULL,
      hash TEXT NOT NULL,
      chunk_count INTEGER NOT NULL,
      segment TEXT NOT NULL REFERENCES segments (id),
      checksum INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX files_by_segment ON files (segment);
    CREATE TABLE vector_sets (
      role TEXT PRIMARY KEY,
      method TEXT NOT NULL,
      embedder TEXT NOT NULL,
      dims INTEGER NOT NULL,
      basis TEXT,
      checksum INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE shards (
      role TEXT NOT NULL REFERENCES vector_sets (role),
      shard INTEGER NOT NULL,
      version INTEGER NOT NULL,
      PRIMARY KEY (role, shard)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE owed (
      role TEXT NOT NULL REFERENCES vector_sets (role),
      path TEXT NOT NULL,
      PRIMARY KEY (role, path)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE dropped (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE commits (generation INTEGER PRIMARY KEY, mark TEXT NOT NULL) STRICT;
    CREATE TABLE changes (
      generation INTEGER NOT NULL,
      path TEXT NOT NULL,
      PRIMARY KEY (generation, path)
    ) STRICT, WITHOUT ROWID`,
};
