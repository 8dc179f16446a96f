import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileTooLargeError } from '../../core/errors/pathErrors.ts';
import type { SkipReason } from '../../core/ports/indexStore.ts';
import { readRegularFile } from '../durable/regularFile.ts';
import { errorCode } from '../durable/storageError.ts';
import { type HashBytes, joinSplitIndex, MAX_INDEX_BYTES, parseGitIndex } from './gitIndex.ts';
import { PathTable } from './pathTable.ts';
import { TrackedFiles } from './trackedFiles.ts';

/** Where an index is, and how it is to be read. */
export interface IndexPlace {
  /** The folder that holds it: of a worktree, its own. */
  readonly gitFolder: string;
  readonly hashBytes: HashBytes;
  readonly ignoresCase: boolean;
  /** A path of the repository as one of the indexed folder; `undefined` when it lies outside. */
  readonly inFolder: (path: string) => string | undefined;
}

export type IndexReading =
  | { readonly tracked: TrackedFiles }
  /** Nothing counts as tracked then. */
  | { readonly tracked: undefined; readonly reason: SkipReason };

interface KnownIndex {
  readonly place: IndexPlace;
  readonly version: string;
  readonly reading: IndexReading;
}

/** More changes than these are looked for everywhere. */
const MAX_CHANGES = 500;

type Changes = ReadonlySet<string> | 'all';
const NONE: Changes = new Set();

/** What the repositories in and around one folder track, each read again only when its index is another file than before. */
export class GitIndexes {
  readonly #known = new Map<string, KnownIndex>();
  #changed: Changes = NONE;
  #told: Changes = NONE;

  async read(place: IndexPlace): Promise<IndexReading> {
    const { gitFolder, ignoresCase, hashBytes } = place;
    const known = this.#known.get(gitFolder);
    const version = `${await versionOf(join(gitFolder, 'index'))} ${hashBytes} ${ignoresCase}`;
    if (known?.version === version) return known.reading;
    const reading = await readIndex(place);
    if (known) this.#changed = union(this.#changed, changesBetween(known.reading, reading, place));
    this.#known.set(gitFolder, { place, version, reading });
    return reading;
  }

  /**
   * The paths of the indexed folder that have come to be tracked or are no longer, as far as was read, until `settled` is
   * called: whoever was told may fail to look at them.
   */
  async changes(): Promise<readonly string[] | 'all'> {
    for (const { place } of this.#known.values()) await this.read(place);
    this.#told = union(this.#told, this.#changed);
    this.#changed = NONE;
    return this.#told === 'all' ? 'all' : [...this.#told];
  }

  settled(): void {
    this.#told = NONE;
  }
}

function union(some: Changes, more: Changes): Changes {
  if (some === 'all' || more === 'all') return 'all';
  const both = new Set([...some, ...more]);
  return both.size > MAX_CHANGES ? 'all' : both;
}

function changesBetween(earlier: IndexReading, later: IndexReading, { inFolder }: IndexPlace): Changes {
  const paths = earlier.tracked && later.tracked?.changes(earlier.tracked, MAX_CHANGES);
  return paths ? new Set(paths.flatMap((path) => inFolder(path) ?? [])) : 'all';
}

/** Differs whenever the file does: git puts a new one in the place of the old one. */
async function versionOf(file: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return '';
  }
}

async function readIndex({ gitFolder, hashBytes, ignoresCase }: IndexPlace): Promise<IndexReading> {
  try {
    return { tracked: new TrackedFiles(await readPaths(gitFolder, hashBytes), ignoresCase) };
  } catch (error) {
    return { tracked: undefined, reason: error instanceof FileTooLargeError ? 'too large' : 'unreadable' };
  }
}

async function readPaths(gitFolder: string, hashBytes: HashBytes): Promise<PathTable> {
  const bytes = await readIndexFile(join(gitFolder, 'index'));
  // Before anything was added there is none.
  if (bytes === undefined) return new PathTable(0, 0);
  const index = parseGitIndex(bytes, hashBytes);
  if (index.link === undefined) return index.paths;
  const shared = await readIndexFile(join(gitFolder, `sharedindex.${index.link.shared}`));
  if (shared === undefined) throw new Error('The shared index is gone.');
  return joinSplitIndex(index, parseGitIndex(shared, hashBytes));
}

async function readIndexFile(path: string): Promise<Buffer | undefined> {
  try {
    return await readRegularFile(path, { maxBytes: MAX_INDEX_BYTES, followsLink: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
