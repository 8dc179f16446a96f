import type { DatabaseSync } from 'node:sqlite';
import type { IndexSnapshot } from '../../core/ports/indexStore.ts';
import { countIn, DamagedRowError, textIn } from './rowChecksum.ts';
import type { ManifestStatements } from './manifestStatements.ts';
import { readChangedFiles, readFiles, type WithChanges } from './readFiles.ts';
import { readVectorSets } from './readVectorSets.ts';
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

interface MarkedSnapshot {
  readonly snapshot: IndexSnapshot;
  /** Of the commit that made it; `undefined` when no commit did. */
  readonly mark: string | undefined;
}

/**
 * Reads the manifest's state; `database` must be within one read transaction throughout. Of files, only the changes are
 * read since `known`, when the manifest still lists them: a save costs the same in a folder of any size.
 */
async function readSnapshot(
  database: DatabaseSync,
  known: MarkedSnapshot | undefined,
  withChanges: WithChanges,
): Promise<MarkedSnapshot> {
  const state = database.prepare('SELECT generation, recipe, complete FROM state').get();
  if (!state) throw new DamagedRowError('generation');
  const generation = countIn(state, 'generation');
  const earlier = known && isListed(database, known) ? known : undefined;
  if (earlier?.snapshot.generation === generation) return earlier;
  return {
    snapshot: {
      generation,
      files: earlier ? readChangedFiles(database, earlier.snapshot, withChanges) : await readFiles(database),
      vectors: readVectorSets(database),
      recipe: textIn(state, 'recipe'),
      complete: state['complete'] === 1,
    },
    mark: markOf(database, generation),
  };
}

/** Whether every change since then is listed, of this very manifest: one begun anew counts from 0 again. */
function isListed(database: DatabaseSync, { snapshot, mark }: MarkedSnapshot): boolean {
  return mark !== undefined && markOf(database, snapshot.generation) === mark;
}

function markOf(database: DatabaseSync, generation: number): string | undefined {
  const row = database.prepare('SELECT mark FROM commits WHERE generation = ?').get(generation);
  return row && textIn(row, 'mark');
}
