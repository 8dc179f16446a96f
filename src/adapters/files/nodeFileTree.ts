import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { FolderNotFoundError, NotRegularFileError, PathOutsideError } from '../../core/errors/pathErrors.ts';
import { isInside } from '../durable/ownPlace.ts';
import { readRegularFile } from '../durable/regularFile.ts';
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

/** Answers by which it is judged how quick a disk is. */
const JUDGED = 32;
/** An answer that takes longer is better waited for beside others. */
const SLOW_MS = 0.2;
/** Answers after which a disk that was slow is judged anew: its folders may be in the system's memory by now. */
const BESIDE = 2048;

/**
 * Asks a disk one thing after the other. What the system knows already it says in microseconds, and asking through another
 * thread costs several times as much; but where most answers are slow, as over a network, many are better under way at a time.
 */
export class DiskTurns {
  readonly #now: () => number;
  #judged = 0;
  #slow = 0;
  #beside = 0;

  /** `now` in milliseconds; the time of this process unless given. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The answer to one question, asked in either way; rejects as they do. */
  async take<Answer>(now: () => Answer, beside: () => Promise<Answer>): Promise<Answer> {
    if (this.#beside > 0) {
      this.#beside--;
      return beside();
    }
    const started = this.#now();
    try {
      return now();
    } finally {
      this.#judge(this.#now() - started);
    }
  }

  #judge(tookMs: number): void {
    // The number of slow ones, and not their time: one may have been held up by whatever else runs.
    if (tookMs > SLOW_MS) this.#slow++;
    if (++this.#judged < JUDGED) return;
    if (this.#slow > JUDGED / 2) this.#beside = BESIDE;
    this.#judged = 0;
    this.#slow = 0;
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
