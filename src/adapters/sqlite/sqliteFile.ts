import { lstatSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StoreBusyError, StoreCorruptError, StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import { errorCode, readingError, storageError } from '../durable/storageError.ts';
import { copyInMemory } from './copyInMemory.ts';
import { canMigrate, type DatabaseFormat, foreign, migrateTables, stateOf } from './databaseFormat.ts';
import { moveAside } from './moveAside.ts';
import { openDatabase } from './openDatabase.ts';
import { assertOwnDatabase } from './ownDatabase.ts';
import { acquireProcessLock } from './processLock.ts';
import type { OnOutdated } from './replaceTables.ts';
import { retryWhileBusy } from './retryWhileBusy.ts';
import { isBusy, isGarbled, isUnusable, isUnwritable, sqliteFailure } from './sqliteError.ts';

const PATIENCE_MS = 5000;

interface SqliteFileOptions<Statements> {
  readonly file: string;
  readonly format: DatabaseFormat;
  /** What the file is a part of, for whoever is told that it is of another version; its folder unless given. */
  readonly whole?: string;
  /** Prepares a connection's statements, once for each connection. */
  readonly prepare: (database: DatabaseSync) => Statements;
  /** Told where the damaged file went and why; runs before anything else uses the new, empty one. */
  readonly onReplaced: (movedTo: string, problem: unknown, database: DatabaseSync) => void;
  /** How many damaged files stay beside the one in use; all unless given. */
  readonly keptAside?: number;
  /** Given for a cache, which begins anew with every version; else a file of an older version goes the way of damage. */
  readonly onOutdated?: OnOutdated;
  /** Nothing is created, written or replaced: what cannot be read is an error. */
  readonly isReadOnly?: boolean | undefined;
}

interface Connection<Statements> {
  readonly database: DatabaseSync;
  readonly statements: Statements;
  /** Stands for the file as it was when it was opened. */
  readonly isImmutable: boolean;
}

/**
 * One SQLite file shared with other processes. A damaged file is moved aside and replaced by an empty one, here and in
 * every other process that has it open; one of a newer version is left alone, one that cannot be written is read all the
 * same; a busy one is tried again without blocking.
 */
export class SqliteFile<Statements> {
  readonly #options: SqliteFileOptions<Statements>;
  #connection: Connection<Statements> | undefined;
  /** Identity of the file last opened, which is not always the one that has its name now. */
  #inode = 0n;
  #closed = false;

  constructor(options: SqliteFileOptions<Statements>) {
    this.#options = options;
  }

  /** Runs `work` on this object's connection; again from its beginning when the file was busy or had to be replaced. */
  use<T>(work: (statements: Statements, database: DatabaseSync) => T): Promise<T> {
    return this.#persist(() => {
      const { statements, database } = this.#connected();
      try {
        return work(statements, database);
      } catch (error) {
        rollBack(database);
        throw error;
      }
    });
  }

  /** Like `use` for reading over several turns of the event loop: `work` sees one state of the database throughout. */
  readAlone<T>(work: (database: DatabaseSync) => Promise<T>): Promise<T> {
    return this.#persist(async () => {
      const { file, format } = this.#options;
      const { isImmutable } = this.#connected();
      assertOwnDatabase(file, { mayBeForeign: true });
      const database = isImmutable
        ? openReadOnly(file, format).database
        : new DatabaseSync(file, { readOnly: true });
      try {
        database.exec('BEGIN');
        return await work(database);
      } finally {
        database.close();
      }
    });
  }

  /**
   * Makes every commit so far survive a power failure. What `PRAGMA synchronous = FULL` would do, but in the thread
   * pool: it flushes the write-ahead log, which holds all that has not reached the database file safely.
   */
  async sync(): Promise<void> {
    try {
      const log = await open(`${this.#options.file}-wal`, 'r+');
      try {
        await log.datasync();
      } finally {
        await log.close();
      }
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw storageError(error, this.#options.file);
    }
  }

  close(): void {
    this.#closed = true;
    this.#disconnect();
  }

  async #persist<T>(work: () => T | Promise<T>): Promise<T> {
    const { file, whole } = this.#options;
    try {
      return await retryWhileBusy(
        async () => {
          try {
            return await work();
          } catch (error) {
            if (!isUnusable(error) || this.#options.isReadOnly) throw error;
            await this.#replace(error);
            return await work();
          }
        },
        { patienceMs: PATIENCE_MS },
      );
    } catch (error) {
      if (isBusy(error)) throw new StoreBusyError('another process', { cause: error });
      const failure = sqliteFailure(error, file, whole);
      if (failure instanceof StoreUnavailableError || !isUnusable(error)) throw failure;
      throw new StoreCorruptError(basename(file), 'unreadable', { cause: error });
    }
  }

  #connected(): Connection<Statements> {
    const { file, prepare } = this.#options;
    if (this.#closed) throw new StoreUnavailableError('closed', file);
    const inode = inodeOf(file);
    if (this.#connection?.isImmutable === false && this.#inode === inode) return this.#connection;
    this.#disconnect();
    this.#inode = inode;
    const opened = this.#open();
    try {
      this.#inode = inodeOf(file);
      this.#connection = { ...opened, statements: prepare(opened.database) };
      return this.#connection;
    } catch (error) {
      opened.database.close();
      throw error;
    }
  }

  #open(): Omit<Connection<Statements>, 'statements'> {
    const { file, format, isReadOnly, onOutdated } = this.#options;
    if (isReadOnly) return openReadOnly(file, format);
    try {
      return { database: openDatabase(file, format, onOutdated), isImmutable: false };
    } catch (error) {
      if (!isUnwritable(error) || inodeOf(file) === 0n) throw error;
      return openReadOnly(file, format);
    }
  }

  #disconnect(): void {
    this.#connection?.database.close();
    this.#connection = undefined;
  }

  /** Moves the file aside, unless it was replaced by a sound one since the problem was met. */
  async #replace(problem: unknown): Promise<void> {
    const { file, format, keptAside, onReplaced } = this.#options;
    const inode = this.#inode;
    const release = await acquireProcessLock(`${file}.lock`);
    try {
      this.#disconnect();
      const mayBeSound = !isGarbled(problem) || inode !== inodeOf(file);
      if (mayBeSound && isSound(file, format)) return;
      const movedTo = await moveAside(file, keptAside);
      onReplaced(movedTo, problem, this.#connected().database);
    } finally {
      release();
    }
  }
}

/** `0n` when there is no such file. Never opens it: closing a second handle would drop SQLite's locks on POSIX. */
function inodeOf(file: string): bigint {
  try {
    return lstatSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? 0n;
  } catch (error) {
    throw readingError(error, file);
  }
}

function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // There was no transaction, or the failure has ended it.
  }
}

/** Whether the file is a database of this format whose pages are all in order. */
function isSound(file: string, format: DatabaseFormat): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = openDatabase(file, format);
    return database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok';
  } catch (error) {
    if (isUnusable(error)) return false;
    throw error;
  } finally {
    database?.close();
  }
}

interface ReadOnlyDatabase {
  readonly database: DatabaseSync;
  /** It shows the file as it was when it was opened: to be opened anew for the next look at it. */
  readonly isImmutable: boolean;
}

/**
 * Opens a database that is there, for reading only, also where nothing can be written: not even the files that SQLite
 * puts beside it while it is open. One of an older version that can be migrated is copied into memory for that. Throws a
 * `StoreUnavailableError` when there is none and a `ForeignDatabaseError` for any other of another kind or version.
 */
function openReadOnly(file: string, format: DatabaseFormat): ReadOnlyDatabase {
  assertOwnDatabase(file, { mayBeForeign: true });
  if (sizeOf(file) === 0) throw new StoreUnavailableError('missing', dirname(file));
  try {
    // A connection that may write takes away on closing what SQLite puts beside the file; a read-only one leaves it there.
    return inThisFormat({ database: new DatabaseSync(file), isImmutable: false }, file, format);
  } catch (error) {
    if (!isUnwritable(error)) throw error;
  }
  // A log that is not empty holds a part of what was committed.
  if (sizeOf(`${file}-wal`) > 0) return { database: copyOf(file, format), isImmutable: true };
  const database = new DatabaseSync(immutable(file), { readOnly: true });
  return inThisFormat({ database, isImmutable: true }, file, format);
}

/** The database itself, or a copy of one of an older version where a way leads from there. */
function inThisFormat(opened: ReadOnlyDatabase, file: string, format: DatabaseFormat): ReadOnlyDatabase {
  const { database } = opened;
  try {
    if (!canMigrate(database, format)) return { ...opened, database: checked(database, file, format) };
  } catch (error) {
    database.close();
    throw error;
  }
  database.close();
  return { database: copyOf(file, format), isImmutable: true };
}

/** A copy in memory, in this version's format. It takes no writes, which would be lost. */
function copyOf(file: string, format: DatabaseFormat): DatabaseSync {
  const copy = copyInMemory(file);
  try {
    if (canMigrate(copy, format)) migrateTables(copy, format);
    copy.exec('PRAGMA query_only = ON');
    return checked(copy, file, format);
  } catch (error) {
    copy.close();
    throw error;
  }
}

/** See https://www.sqlite.org/uri.html#uriimmutable. */
function immutable(file: string): URL {
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return url;
}

function checked(database: DatabaseSync, file: string, format: DatabaseFormat): DatabaseSync {
  const state = stateOf(database, format);
  if (state === 'empty') throw new StoreUnavailableError('missing', dirname(file));
  if (state !== 'current') throw foreign(database, state, format);
  return database;
}

function sizeOf(file: string): number {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch (error) {
    throw readingError(error, file);
  }
}
