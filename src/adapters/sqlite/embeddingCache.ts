import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { EmbeddingCache } from '../../core/ports/models.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { DatabaseFormat } from './databaseFormat.ts';
import { SerialQueue } from '../../core/async/serialQueue.ts';
import { SqliteFile } from './sqliteFile.ts';

/** `key` is a digest of embedder and text; `used` the day on which it was last asked for, counted from 1970. */
const CACHE_FORMAT: DatabaseFormat = {
  applicationId: 0x5453454d,
  version: 1,
  createSql: `
    CREATE TABLE vectors (key BLOB UNIQUE NOT NULL, used INTEGER NOT NULL, vector BLOB NOT NULL) STRICT;
    CREATE INDEX vectors_by_use ON vectors (used)`,
};

const KEY_BYTES = 16;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Some 200,000 vectors of 512 numbers. */
const DEFAULT_MAX_BYTES = 1_000_000_000;
/** What goes when it is full: often enough to be quick, seldom enough not to be felt. */
const FORGOTTEN_SHARE = 0.25;

export interface EmbeddingCacheOptions {
  readonly file: string;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly maxBytes?: number;
}

type Statements = ReturnType<typeof prepare>;

function prepare(database: DatabaseSync) {
  return {
    find: database.prepare('SELECT used, vector FROM vectors WHERE key = ?'),
    touch: database.prepare('UPDATE vectors SET used = ? WHERE key = ?'),
    insert: database.prepare('INSERT OR REPLACE INTO vectors (key, used, vector) VALUES (?, ?, ?)'),
    count: database.prepare('SELECT count(*) AS count FROM vectors'),
    forget: database.prepare(
      'DELETE FROM vectors WHERE key IN (SELECT key FROM vectors ORDER BY used, key LIMIT ?)',
    ),
    pages: database.prepare(
      'SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
    ),
  };
}

/**
 * Opens the cache kept in `file`, creating it when missing; several processes may have it open. Texts are not stored,
 * only digests of them. It can be deleted at any time: what it held is asked for again.
 */
export function openEmbeddingCache(options: EmbeddingCacheOptions): EmbeddingCache {
  const { file, log } = options;
  const database = new SqliteFile({
    file,
    format: CACHE_FORMAT,
    prepare,
    keptAside: 1,
    onOutdated: () => {
      log.info('The stored vectors of texts are of an older version and begin anew');
    },
    onReplaced(movedTo, problem) {
      log.warn(
        `The stored vectors of texts could not be read and begin anew; the old ones are in ${movedTo}`,
        problem,
      );
    },
  });
  return new SqliteEmbeddingCache(database, options);
}

class SqliteEmbeddingCache implements EmbeddingCache {
  readonly #database: SqliteFile<Statements>;
  readonly #options: EmbeddingCacheOptions;
  readonly #turns = new SerialQueue();

  constructor(database: SqliteFile<Statements>, options: EmbeddingCacheOptions) {
    this.#database = database;
    this.#options = options;
  }

  recall(embedder: string, texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]> {
    const today = this.#today();
    return this.#turns.run(async () => {
      const stale: Uint8Array[] = [];
      const vectors = await this.#database.use(({ find }) =>
        texts.map((text) => {
          const key = keyOf(embedder, text);
          const row = find.get(key);
          if (row && Number(row['used']) < today) stale.push(key);
          return toVector(row?.['vector']);
        }),
      );
      if (stale.length > 0) await this.#touch(stale, today);
      return vectors;
    });
  }

  keep(embedder: string, texts: readonly string[], vectors: readonly Float32Array[]): Promise<void> {
    const today = this.#today();
    return this.#turns.run(async () => {
      await this.#database.use((statements, database) => {
        database.exec('BEGIN IMMEDIATE');
        for (const [at, text] of texts.entries()) {
          const vector = vectors[at];
          if (vector) statements.insert.run(keyOf(embedder, text), today, toBytes(vector));
        }
        this.#forgetOldest(statements);
        database.exec('COMMIT');
      });
      await this.#database.sync();
    });
  }

  async close(): Promise<void> {
    await this.#turns.idle();
    this.#database.close();
  }

  /** What was found is found, whether or not that can be noted. */
  async #touch(keys: readonly Uint8Array[], today: number): Promise<void> {
    try {
      await this.#database.use(({ touch }, database) => {
        database.exec('BEGIN IMMEDIATE');
        for (const key of keys) touch.run(today, key);
        database.exec('COMMIT');
      });
    } catch (error) {
      this.#options.log.debug('Could not note that stored vectors were used', error);
    }
  }

  #forgetOldest({ pages, count, forget }: Statements): void {
    const { maxBytes = DEFAULT_MAX_BYTES } = this.#options;
    if (Number(pages.get()?.['bytes']) <= maxBytes) return;
    forget.run(Math.ceil(Number(count.get()?.['count']) * FORGOTTEN_SHARE));
  }

  #today(): number {
    return Math.floor(this.#options.now() / DAY_MS);
  }
}

function keyOf(embedder: string, text: string): Uint8Array {
  return createHash('sha256').update(embedder).update('\0').update(text).digest().subarray(0, KEY_BYTES);
}

function toBytes(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** Copied to where floats may be read. */
function toVector(bytes: unknown): Float32Array | undefined {
  return bytes instanceof Uint8Array ? new Float32Array(Uint8Array.from(bytes).buffer) : undefined;
}
