import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import type {
  IndexSnapshot,
  IndexStore,
  IndexWriter,
  ProjectionId,
  SegmentId,
} from '../../core/ports/indexStore.ts';
import type { VectorStore } from '../../core/ports/vectors.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { atomicWrite } from '../durable/atomicWrite.ts';
import { assertOwnStore } from '../durable/ownPlace.ts';
import { readState } from './commitChange.ts';
import { ContentFiles, type WriteFile } from './contentFiles.ts';
import { MANIFEST_FORMAT } from './manifestFormat.ts';
import { prepareManifest } from './manifestStatements.ts';
import { acquireProcessLock } from './processLock.ts';
import { copyWithChanges, type WithChanges } from './readFiles.ts';
import { SerialQueue } from '../../core/async/serialQueue.ts';
import { SnapshotReader } from './snapshotReader.ts';
import { SqliteFile } from './sqliteFile.ts';
import { emptyStore, type StoreParts, sweepStore } from './sweepStore.ts';
import { StoreWriter } from './storeWriter.ts';

export interface IndexStoreOptions {
  /** Where the vectors are that commits name; without it those that no generation wants any more pile up. */
  readonly vectors?: Pick<VectorStore, 'sweep'>;
  /** Deletes what was made from the index and is kept beside it, when the index is cleared. */
  readonly removeCaches?: () => void;
  /** Writes segments and bases; `atomicWrite` unless given. */
  readonly writeFile?: WriteFile;
  /** Milliseconds since the epoch; `Date.now` unless given. */
  readonly now?: () => number;
  /** Nothing is created or changed: rejects with a `StoreUnavailableError` when there is no index that can be read. */
  readonly isReadOnly?: boolean | undefined;
  /** How a snapshot's files come from an earlier one's; all are copied unless given. */
  readonly withChanges?: WithChanges;
  /** How long another process may write until the log says that this one waits for it. */
  readonly longWaitMs?: number;
}

/** What holds content below the store's folder. */
const FOLDERS: readonly string[] = ['segments', 'bases', 'vectors', 'evaluations'];

/**
 * Opens the index kept in `directory`, creating it when missing. `manifest.sqlite` says what belongs to the newest
 * generation; `segments/`, `bases/` and the store of vectors hold the content in files that are never changed. A commit
 * is one SQLite transaction, so every reader in every process sees one generation or the next.
 *
 * Segments that a commit drops stay on disk for a while (`sweepStore`), so that a reader in the middle of loading the
 * generation before finds its files; vectors and bases, which are large, go at once. A reader that misses a file gets a
 * `StoreCorruptError`, and should start again from a new snapshot when `generation()` has moved on.
 * `writer.lock.sqlite` is locked while someone writes.
 *
 * The index is a cache: a damaged manifest is moved aside, one of an older version is emptied, and the store goes on
 * empty. One of a newer version is left alone, and one that cannot be written can be read. Throws a `StoreUnavailableError`
 * for a folder that is not the user's own or that holds links: a sweep would delete, a commit write, where they lead.
 */
export async function openIndexStore(
  directory: string,
  log: Logger,
  {
    vectors = { sweep: () => Promise.resolve() },
    removeCaches = () => undefined,
    writeFile = atomicWrite,
    now = Date.now,
    isReadOnly = false,
    withChanges = copyWithChanges,
    longWaitMs,
  }: IndexStoreOptions = {},
): Promise<IndexStore> {
  assertOwnStore(directory, FOLDERS, { mayBeForeign: isReadOnly });
  const manifest = new SqliteFile({
    file: join(directory, 'manifest.sqlite'),
    format: MANIFEST_FORMAT,
    prepare: prepareManifest,
    isReadOnly,
    keptAside: 1,
    onReplaced(movedTo, problem, database) {
      log.warn(
        `The index is a cache and starts empty: its manifest could not be used, see ${movedTo}`,
        problem,
      );
      useNewNumbers(database, now());
    },
    onOutdated(database) {
      log.info(`The index in ${directory} was made by an older version and is made anew`);
      useNewNumbers(database, now());
    },
  });
  const filesIn = (folder: string, what: string, extension: string) =>
    new ContentFiles({ folder: join(directory, folder), what, extension, writeFile });
  const store = new SqliteIndexStore({
    directory,
    manifest,
    snapshots: new SnapshotReader(manifest, withChanges),
    segments: filesIn('segments', 'segment', '.seg'),
    bases: filesIn('bases', 'basis', '.basis'),
    vectors,
    removeCaches,
    onLongWait() {
      log.warn(`Another process has been writing the index in ${directory} for long; this one waits for it`);
    },
    longWaitMs,
    now,
  });
  await store.generation();
  return store;
}

/** Numbers that no generation and no segment had before: readers must not mistake new for known. */
function useNewNumbers(database: DatabaseSync, now: number): void {
  database.prepare('UPDATE state SET generation = ?1, last_segment = ?1').run(now);
}

class SqliteIndexStore implements IndexStore {
  readonly #parts: StoreParts;
  readonly #turns = new SerialQueue();
  readonly #closing = new AbortController();

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  snapshot(): Promise<IndexSnapshot> {
    return this.#parts.snapshots.read();
  }

  generation(): Promise<number> {
    return this.#parts.manifest.use((statements) => readState(statements).generation);
  }

  segment(id: SegmentId): Promise<Uint8Array> {
    return this.#parts.segments.read(id);
  }

  projection(id: ProjectionId): Promise<Uint8Array> {
    return this.#parts.bases.read(id);
  }

  write<T>(work: (writer: IndexWriter) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#exclusively(async () => {
      await sweepStore(this.#parts);
      const writer = await StoreWriter.begin(this.#parts);
      try {
        return await work(writer);
      } finally {
        writer.end();
      }
    }, signal);
  }

  clear(): Promise<void> {
    return this.#exclusively(() => emptyStore(this.#parts));
  }

  async close(): Promise<void> {
    this.#closing.abort(new StoreUnavailableError('closed', this.#parts.directory));
    await this.#turns.idle();
    this.#parts.manifest.close();
  }

  /** Runs `work` as the only writer of all threads and processes. The signal ends the waiting only. */
  #exclusively<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const closing = this.#closing.signal;
    const either = signal ? AbortSignal.any([signal, closing]) : closing;
    return this.#turns.run(async () => {
      const { directory, onLongWait, longWaitMs } = this.#parts;
      assertOwnStore(directory, FOLDERS);
      const release = await acquireProcessLock(join(directory, 'writer.lock.sqlite'), {
        ...{ signal: either, onLongWait },
        ...(longWaitMs !== undefined && { longWaitMs }),
      });
      try {
        return await work();
      } finally {
        release();
      }
    }, either);
  }
}
