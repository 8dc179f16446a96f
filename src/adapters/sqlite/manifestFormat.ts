import type { DatabaseFormat } from './openDatabase.ts';

/**
 * The manifest: which files, segments and shards make up the newest generation. `dropped` lists what earlier
 * generations used, with the time in milliseconds since the epoch at which it was dropped.
 */
export const MANIFEST_FORMAT: DatabaseFormat = {
  applicationId: 0x54534d46,
  version: 1,
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
      segment TEXT NOT NULL REFERENCES segments (id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX files_by_segment ON files (segment);
    CREATE TABLE shards (shard INTEGER PRIMARY KEY, version INTEGER NOT NULL) STRICT;
    CREATE TABLE dropped (
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (kind, name)
    ) STRICT, WITHOUT ROWID`,
};
