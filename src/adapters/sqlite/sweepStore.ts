import { StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import type { VectorStore } from '../../core/ports/vectors.ts';
import { sweepOwnFolder } from '../durable/ownPlace.ts';
import type { ContentFiles } from './contentFiles.ts';
import type { ManifestStatements } from './manifestStatements.ts';
import { DAMAGED } from './moveAside.ts';
import { namedVersions } from './readVectorSets.ts';
import type { SnapshotReader } from './snapshotReader.ts';
import type { SqliteFile } from './sqliteFile.ts';

/**
 * How long segments stay that the newest generation does not use. Loading a whole index takes a second or so; a reader
 * that was suspended for longer starts again.
 */
const GRACE_MS = 15_000;

/**
 * Deletes what a dead writer left behind and the segments dropped longer ago than the grace period. To be called by the
 * writer before it stores anything, because what it stores is in no manifest yet.
 */
export async function sweepStore(parts: StoreParts): Promise<void> {
  const { manifest, segments, now } = parts;
  // A time in the future comes from a clock that was set back since.
  const wanted = [now() - GRACE_MS, now()] as const;
  const kept = await manifest.use(
    (statements) => new Set(statements.keptSegments.all(...wanted).map(({ id }) => String(id))),
  );
  // After a power failure the manifest must not come back older than the deletions.
  await manifest.sync();
  segments.sweep((id) => kept.has(id));
  await sweepVectors(parts);
  // Last, because it needs space: on a full disk the deletions have just made some.
  await manifest.use((statements) => statements.forgetDropped.run(...wanted));
}

/**
 * Deletes all vectors and bases that no set of the newest generation names, which must be on disk for good. To be
 * called by the writer while all it has staged is committed.
 */
export async function sweepVectors({ manifest, bases, vectors }: StoreParts): Promise<void> {
  const kept = await manifest.use(({ keptShards, keptBases }) => ({
    versions: namedVersions(keptShards.all()),
    bases: new Set(keptBases.all().map(({ id }) => String(id))),
  }));
  await vectors.sweep(kept.versions);
  bases.sweep((id) => kept.bases.has(id));
}

/** Makes an empty generation the newest and deletes all content at once: what the user wants gone must be gone. */
export async function emptyStore(parts: StoreParts): Promise<void> {
  const { directory, manifest } = parts;
  await emptyManifest(parts).catch(async (error: unknown) => {
    if (!(error instanceof StoreUnavailableError) || error.code !== 'store-full') throw error;
    // Clearing must be possible above all when there is no space left. Readers take missing files for damage until then.
    await deleteContent(parts);
    await emptyManifest(parts);
  });
  await manifest.sync();
  await deleteContent(parts);
  sweepOwnFolder(directory, [], (name) => name.includes(DAMAGED));
  await scrub(manifest);
}

function emptyManifest({ manifest }: StoreParts): Promise<void> {
  return manifest.use((_, database) => {
    database.exec(`
      BEGIN IMMEDIATE;
      DELETE FROM files;
      DELETE FROM segments;
      DELETE FROM owed;
      DELETE FROM shards;
      DELETE FROM vector_sets;
      DELETE FROM dropped;
      DELETE FROM commits;
      DELETE FROM changes;
      UPDATE state SET generation = generation + 1, recipe = '', complete = 0;
      COMMIT`);
  });
}

async function deleteContent({ segments, bases, vectors, removeCaches }: StoreParts): Promise<void> {
  segments.sweep(() => false);
  bases.sweep(() => false);
  await vectors.sweep([]);
  removeCaches();
}

/** The file's free pages go on holding paths until then. It cannot be done while a reader is in the way. */
async function scrub(manifest: StoreParts['manifest']): Promise<void> {
  await manifest
    .use((_, database) => {
      database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
    })
    .catch(() => undefined);
}

/** What the readers and the writer of an open store share. */
export interface StoreParts {
  readonly directory: string;
  readonly manifest: SqliteFile<ManifestStatements>;
  readonly snapshots: SnapshotReader;
  readonly segments: ContentFiles;
  readonly bases: ContentFiles;
  readonly vectors: Pick<VectorStore, 'sweep'>;
  /** Deletes what others keep beside the index and made from it. */
  readonly removeCaches: () => void;
  /** Another process has been writing for long while this one waits. */
  readonly onLongWait: () => void;
  readonly longWaitMs?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
