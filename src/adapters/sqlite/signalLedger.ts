import { tryJson } from '../../core/shared/json.ts';
import type { DatabaseSync } from 'node:sqlite';
import type { Logger } from '../../core/ports/runtime.ts';
import type { SignalLedger } from '../../core/ports/signalLedger.ts';
import type { SignalRecord } from '../../core/ports/signalRecord.ts';
import type { DatabaseFormat } from './databaseFormat.ts';
import { SerialQueue } from '../../core/async/serialQueue.ts';
import { SIGNAL_FORMAT, SIGNAL_MIGRATIONS, upgradeSignal, type JsonObject } from './signalMigrations.ts';
import { SIGNAL_SCHEMA } from './signalSchema.ts';
import { SqliteFile } from './sqliteFile.ts';

/**
 * `record` is the whole record as JSON, `format` the one it was written in; the other columns repeat what is searched by.
 * Only format 1 did not name the format.
 */
const LEDGER_FORMAT: DatabaseFormat = {
  applicationId: 0x54534c47,
  version: SIGNAL_FORMAT,
  createSql: `
    CREATE TABLE signals (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      at REAL NOT NULL,
      workspace TEXT NOT NULL,
      record TEXT NOT NULL,
      format INTEGER NOT NULL DEFAULT 1
    ) STRICT;
    CREATE INDEX signals_by_workspace ON signals (workspace)`,
  migrations: SIGNAL_MIGRATIONS,
};

type LedgerStatements = ReturnType<typeof prepareLedger>;

function prepareLedger(database: DatabaseSync) {
  return {
    append: database.prepare(`
      INSERT INTO signals (id, kind, at, workspace, record, format) VALUES (?, ?, ?, ?, ?, ${SIGNAL_FORMAT})`),
    all: database.prepare('SELECT sequence, record, format FROM signals ORDER BY sequence'),
    ofWorkspace: database.prepare(
      'SELECT sequence, record, format FROM signals WHERE workspace = ? ORDER BY sequence',
    ),
    clear: database.prepare('DELETE FROM signals'),
  };
}

/**
 * Opens the ledger kept in `file`, creating it when missing and bringing it to the format of now when it is older; several
 * processes may have it open. An appended record
 * survives the death of the process and, because the log is flushed before `append` resolves, a power failure. A
 * damaged file is moved aside, never deleted: the log says where it is. With `isReadOnly` nothing is created, migrated on disk
 * or moved: a file that is missing or damaged is an error.
 */
export async function openSignalLedger(
  file: string,
  log: Logger,
  { isReadOnly = false }: { readonly isReadOnly?: boolean } = {},
): Promise<SignalLedger> {
  const database = new SqliteFile({
    file,
    whole: file,
    format: LEDGER_FORMAT,
    prepare: prepareLedger,
    isReadOnly,
    onReplaced(movedTo, problem) {
      log.error(
        `The record of suggestions could not be read and begins anew; the old one is kept in ${movedTo}`,
        problem,
      );
    },
  });
  await database.use(() => undefined);
  return new SqliteSignalLedger(database, log);
}

class SqliteSignalLedger implements SignalLedger {
  readonly #database: SqliteFile<LedgerStatements>;
  readonly #log: Logger;
  readonly #turns = new SerialQueue();

  constructor(database: SqliteFile<LedgerStatements>, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  append(records: readonly SignalRecord[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    return this.#turns.run(async () => {
      await this.#database.use(({ append }, database) => {
        database.exec('BEGIN IMMEDIATE');
        for (const record of records) {
          append.run(record.id, record.kind, record.at, record.workspace, JSON.stringify(record));
        }
        database.exec('COMMIT');
      });
      await this.#database.sync();
    });
  }

  async read(filter: { readonly workspace?: string } = {}): Promise<readonly SignalRecord[]> {
    const { workspace } = filter;
    const rows = await this.#database.use(({ all, ofWorkspace }) =>
      workspace === undefined ? all.all() : ofWorkspace.all(workspace),
    );
    const parsed = rows.map(({ record, format }) => parseSignal(String(record), Number(format)));
    const unknown = rows.filter((_, index) => !parsed[index]?.success);
    if (unknown.length > 0) {
      this.#log.warn(
        `${unknown.length} of ${rows.length} signals are left out, for they are of a form that only another version of ` +
          `Touchstone knows. They stay in the ledger, from sequence ${Number(unknown[0]?.['sequence'])} on`,
      );
    }
    return parsed.flatMap(({ data }) => data ?? []);
  }

  clear(): Promise<void> {
    return this.#turns.run(async () => {
      await this.#database.use(({ clear }) => clear.run());
      await this.#database.use((_, database) => {
        // What the user deletes must not stay readable in the file's free pages or in its log.
        database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
      });
      await this.#database.sync();
    });
  }

  async close(): Promise<void> {
    await this.#turns.idle();
    this.#database.close();
  }
}

function parseSignal(text: string, format: number): ReturnType<typeof SIGNAL_SCHEMA.safeParse> {
  const json = tryJson(text);
  return SIGNAL_SCHEMA.safeParse(isObject(json) ? upgradeSignal(json, format) : json);
}

function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
