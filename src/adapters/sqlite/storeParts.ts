import type { VectorStore } from '../../core/ports/vectors.ts';
import type { ContentFiles } from './contentFiles.ts';
import type { ManifestStatements } from './manifestStatements.ts';
import type { SnapshotReader } from './snapshotReader.ts';
import type { SqliteFile } from './sqliteFile.ts';

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
