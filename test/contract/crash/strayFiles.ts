import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Stored files that no generation uses, used within the grace period, or will ever use. */
export function strayFiles(directory: string): readonly string[] {
  const manifest = new DatabaseSync(join(directory, 'manifest.sqlite'), { readOnly: true });
  const known = new Set(
    manifest
      .prepare(
        `SELECT 'segment/' || id AS name FROM segments UNION ALL SELECT 'segment/' || id FROM dropped
          UNION ALL SELECT 'basis/' || (basis ->> '$.id') FROM vector_sets
          UNION ALL SELECT 'shard/' || shard || '/' || version FROM shards`,
      )
      .all()
      .map(({ name }) => String(name)),
  );
  manifest.close();
  const segments = namesIn(join(directory, 'segments')).filter(
    (name) => !known.has(`segment/${name.replace(/\.seg$/, '')}`),
  );
  const shards = namesIn(join(directory, 'vectors'))
    .flatMap((folder) => namesIn(join(directory, 'vectors', folder)))
    .filter((name) => !known.has(`shard/${name.replace(/\.vpk$/, '').replace('-', '/')}`));
  const bases = namesIn(join(directory, 'bases')).filter(
    (name) => !known.has(`basis/${name.replace(/\.basis$/, '')}`),
  );
  return [...segments, ...shards, ...bases];
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
