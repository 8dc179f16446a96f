import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { FolderNotFoundError, NotRegularFileError, PathOutsideError } from '../../core/errors/pathErrors.ts';
import { isInside } from '../durable/ownPlace.ts';
import { readRegularFile } from '../durable/regularFile.ts';
import { DiskTurns } from './diskTurns.ts';
import { isSamePlace } from '../../core/shared/samePlace.ts';
import type { EntryKind, FileStat, FileTree, TreeEntry } from '../../core/ports/files.ts';

/** The files below `root`, an absolute path. Rejects with `FolderNotFoundError` when that is not a folder. */
export async function createNodeFileTree(root: string): Promise<FileTree> {
  try {
    const realRoot = await realpath(root);
    if ((await stat(realRoot)).isDirectory()) return new NodeFileTree(realRoot);
  } catch (error) {
    throw new FolderNotFoundError(root, { cause: error });
  }
  throw new FolderNotFoundError(root);
}

/** An editor that saves puts a new file in the place of the old one: then the new one is read. */
const ATTEMPTS = 3;

class NodeFileTree implements FileTree {
  readonly place: string;
  readonly #root: string;
  readonly #turns = new DiskTurns();
  /** Folders listed so far that lie inside: spares a look at the folder for each of its files. */
  readonly #listed = new Set<string>();

  constructor(root: string) {
    this.#root = root;
    this.place = root.split(sep).join('/');
  }

  async list(folder: string): Promise<readonly TreeEntry[]> {
    this.#listed.delete(folder);
    await this.realPath(folder);
    const place = join(this.#root, folder);
    const options = { withFileTypes: true } as const;
    const entries = await this.#turns.take(
      () => readdirSync(place, options),
      () => readdir(place, options),
    );
    // The folder may have become a link while it was read.
    await this.realPath(folder);
    this.#listed.add(folder);
    return entries.map(entryOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async stat(path: string): Promise<FileStat | undefined> {
    try {
      const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
      if (!this.#listed.has(folder)) await this.realPath(folder);
      const found = await this.#lstat(path);
      return found.isFile() ? { size: found.size, modifiedMs: lastChange(found) } : undefined;
    } catch {
      return undefined;
    }
  }

  async read(path: string, maxBytes: number): Promise<Uint8Array> {
    const file = join(this.#root, path);
    for (let attempt = 1; ; attempt++) {
      await this.#assertNoLink(path);
      try {
        return await readRegularFile(file, { maxBytes, check: (opened) => this.#assertSame(path, opened) });
      } catch (error) {
        if (!(error instanceof ReplacedError) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Nothing is read of what a folder led to that was a link for the moment in which the file was opened. */
  async #assertSame(path: string, opened: Stats): Promise<void> {
    await this.#assertNoLink(path);
    const { ino, dev } = await this.#lstat(path);
    if (opened.ino !== ino || opened.dev !== dev) throw new ReplacedError(path, true);
  }

  async #assertNoLink(path: string): Promise<void> {
    if (!isSamePlace(path, await this.realPath(path))) throw new NotRegularFileError(path, true);
  }

  #lstat(path: string): Promise<Stats> {
    const place = join(this.#root, path);
    return this.#turns.take(
      () => lstatSync(place),
      () => lstat(place),
    );
  }

  async realPath(path: string): Promise<string> {
    const place = join(this.#root, path);
    const real = await this.#turns.take(
      () => realpathSync.native(place),
      () => realpath(place),
    );
    if (!isInside(this.#root, real)) throw new PathOutsideError(path);
    return relative(this.#root, real).split(sep).join('/');
  }
}

/** What was opened is not what is there. */
class ReplacedError extends NotRegularFileError {}

function entryOf(entry: Dirent): TreeEntry {
  return { name: entry.name, kind: kindOf(entry), isLink: entry.isSymbolicLink() };
}

function kindOf(entry: Dirent): EntryKind {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

/** A file's newest time, in milliseconds since the epoch. */
export function lastChange({
  mtimeMs,
  ctimeMs,
}: {
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}): number {
  return Math.max(mtimeMs, ctimeMs);
}
