import type { DatabaseSync } from 'node:sqlite';
import { StoreCorruptError } from '../../core/errors/storeErrors.ts';
import type { IndexChange, SegmentId, VectorSet, VectorSets } from '../../core/ports/indexStore.ts';
import type { ManifestStatements } from './manifestStatements.ts';
import { countIn, DamagedRowError, rowChecksum } from './rowChecksum.ts';
import { rowsOfVersion } from './versionRows.ts';

/** Commits whose changes are listed: more than anyone who looks after each of them can miss. */
const LISTED_COMMITS = 64;
/** Changes of a commit above which reading all files is about as quick. */
const LISTED_CHANGES = 500;

export interface CommittedState {
  readonly generation: number;
  /** The number in the newest segment's id. */
  readonly lastSegment: number;
}

/** Where a writer stands: what it builds upon and what it has stored since. */
export interface WriterPosition extends CommittedState {
  /** Segments that are on disk and not yet in the manifest. */
  readonly segments: readonly SegmentId[];
}

/**
 * Makes the next generation in one transaction and returns its number. `now` is in milliseconds since the epoch.
 * Throws when the manifest is not the one the writer began with: its change would make no sense on another.
 */
export function commitChange(
  database: DatabaseSync,
  statements: ManifestStatements,
  change: IndexChange,
  position: WriterPosition,
  now: number,
): number {
  database.exec('BEGIN IMMEDIATE');
  if (readState(statements).generation !== position.generation) {
    throw new StoreCorruptError('manifest', 'replaced while it was being written');
  }
  for (const id of position.segments) statements.addSegment.run(id);
  replaceFiles(statements, change);
  statements.dropSegments.run(now);
  statements.deleteSegments.run();
  replaceSets(statements, change.vectors);
  const generation = position.generation + 1;
  listChanges(statements, change, generation);
  statements.setState.run(generation, change.recipe, change.complete ? 1 : 0, position.lastSegment);
  database.exec('COMMIT');
  return generation;
}

export function readState(statements: ManifestStatements): CommittedState {
  const row = statements.state.get();
  if (!row) throw new DamagedRowError('generation');
  return { generation: countIn(row, 'generation'), lastSegment: countIn(row, 'lastSegment') };
}

function replaceFiles(statements: ManifestStatements, { removals, upserts }: IndexChange): void {
  for (const path of removals) statements.removeFile.run(path);
  for (const { path, size, modifiedMs, hash, chunkCount, segment } of upserts) {
    const row = [path, size, modifiedMs, hash, chunkCount, segment] as const;
    statements.putFile.run(...row, rowChecksum(...row));
  }
}

/** Lets readers of a generation that is not much older do with what changed since. */
function listChanges(
  statements: ManifestStatements,
  { removals, upserts }: IndexChange,
  generation: number,
): void {
  const paths = [...removals, ...upserts.map(({ path }) => path)];
  const isListed = paths.length <= LISTED_CHANGES;
  const oldest = isListed ? generation - LISTED_COMMITS : generation;
  statements.forgetCommits.run(oldest);
  statements.forgetChanges.run(oldest);
  statements.addCommit.run(generation);
  if (isListed) statements.addChanges.run(generation, JSON.stringify(paths));
}

function replaceSets(statements: ManifestStatements, { serving, next }: VectorSets): void {
  statements.deleteOwed.run();
  statements.deleteShards.run();
  statements.deleteSets.run();
  if (serving) addSet(statements, 'serving', serving);
  if (next) addSet(statements, 'next', next);
}

function addSet(statements: ManifestStatements, role: keyof VectorSets, set: VectorSet): void {
  const { method, embedder, dims, projection, version, pending } = set;
  const row = [role, method, embedder, dims, projection ? JSON.stringify(projection) : null] as const;
  statements.addSet.run(...row, rowChecksum(...row));
  statements.addShards.run(role, JSON.stringify(rowsOfVersion(version)));
  statements.addOwed.run(role, JSON.stringify([...pending]));
}
