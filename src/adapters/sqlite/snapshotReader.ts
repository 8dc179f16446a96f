import type { IndexSnapshot } from '../../core/ports/indexRecords.ts';
import type { ManifestStatements } from './manifestStatements.ts';
import type { WithChanges } from './readFiles.ts';
import { readSnapshot, type MarkedSnapshot } from './readSnapshot.ts';
import type { SqliteFile } from './sqliteFile.ts';

/** Reads snapshots one after another, each from what the manifest lists as changed since the last one. */
export class SnapshotReader {
  readonly #manifest: Pick<SqliteFile<ManifestStatements>, 'readAlone'>;
  readonly #withChanges: WithChanges;
  #last: MarkedSnapshot | undefined;

  constructor(manifest: Pick<SqliteFile<ManifestStatements>, 'readAlone'>, withChanges: WithChanges) {
    this.#manifest = manifest;
    this.#withChanges = withChanges;
  }

  async read(): Promise<IndexSnapshot> {
    this.#last = await this.#manifest.readAlone((database) =>
      readSnapshot(database, this.#last, this.#withChanges),
    );
    return this.#last.snapshot;
  }
}
