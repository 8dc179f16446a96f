import { lstatSync, readdirSync, realpathSync, unlinkSync, type Dirent, type Stats } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import { errorCode, readingError } from './storageError.ts';

export interface OwnPlaceOptions {
  /** What another user keeps may be looked at, by whoever asks for it; links are followed for nobody. */
  readonly mayBeForeign?: boolean | undefined;
}

/**
 * Throws a `StoreUnavailableError` unless the folder at `store`, and each of `names` in turn below it, is missing or the
 * user's own folder, no link, that nobody else may write. Returns the innermost; `undefined` when it is missing.
 */
export function assertOwnFolder(
  store: string,
  names: readonly string[] = [],
  options: OwnPlaceOptions = {},
): Stats | undefined {
  let place = store;
  let found = assertOwn(place, options);
  for (const name of names) {
    if (found === undefined) return undefined;
    place = join(place, name);
    found = assertOwn(place, options);
  }
  return found;
}

/** As `assertOwnFolder`, and that no entry of the store, nor of its folders of these names, is a link. */
export function assertOwnStore(
  store: string,
  folders: readonly string[],
  options: OwnPlaceOptions = {},
): void {
  for (const names of [[], ...folders.map((name) => [name])]) {
    if (assertOwnFolder(store, names, options)) entriesOf(join(store, names.join('/')));
  }
}

/**
 * Throws a `StoreUnavailableError` unless `file` is missing or the user's own regular file, which has no name beside this
 * one and which nobody else may write: what is written into it is written into nothing else.
 */
export function assertOwnFile(file: string, { mayBeForeign = false }: OwnPlaceOptions = {}): void {
  const stats = lookAt(file);
  if (stats === undefined) return;
  if (stats.isSymbolicLink()) throw new StoreUnavailableError('linked', file);
  if (!stats.isFile()) throw new StoreUnavailableError('unusable', file);
  if (mayBeForeign) return;
  if (stats.nlink > 1) throw new StoreUnavailableError('linked', file);
  assertOwner(file, stats);
  // In a folder that only its owner may enter, nobody else comes to the file, whatever its mode.
  if (((lookAt(dirname(file))?.mode ?? 0) & OTHERS_ENTER) !== 0) assertPrivate(file, stats);
}

/**
 * The first link on the way to `path` that lies in the folder `root`, whose author has made it then; `undefined` when
 * there is none. Links further up are the user's own, who may keep a cache on another disk.
 */
export function linkBelow(root: string, path: string): string | undefined {
  const real = realPathOf(root);
  for (const place of placesOnTheWay(path)) {
    const above = realPathOf(dirname(place));
    if (real === undefined || above === undefined) return undefined;
    if (isInside(real, above) && lookAt(place)?.isSymbolicLink()) return place;
  }
  return undefined;
}

/** Throws a `StoreUnavailableError` when a link in the folder `root` is on the way to `place`. */
export function assertNoLinkBelow(root: string, place: string): void {
  const link = linkBelow(root, place);
  if (link !== undefined) throw new StoreUnavailableError('linked', link);
}

/**
 * Deletes the files in the folder `names` below `store` that `isUnwanted` names, and returns whether anything is left. Only
 * regular files go, and only while the folder is the one that was looked at; throws a `StoreUnavailableError` for a link in
 * it or on the way to it. A file that cannot be deleted now, for instance because it is open on Windows, is left.
 */
export function sweepOwnFolder(
  store: string,
  names: readonly string[],
  isUnwanted: (name: string) => boolean,
): { readonly isEmpty: boolean } {
  const before = assertOwnFolder(store, names);
  if (before === undefined) return { isEmpty: false };
  const folder = join(store, names.join('/'));
  let left = 0;
  for (const entry of entriesOf(folder)) {
    if (entry.isFile() && isUnwanted(entry.name)) {
      assertUnchanged(folder, before);
      if (deleteFile(join(folder, entry.name))) continue;
    }
    left++;
  }
  return { isEmpty: left === 0 };
}

/** The names of the folders in the folder `names` below `store`, under the same conditions as `sweepOwnFolder`. */
export function foldersIn(store: string, names: readonly string[]): readonly string[] {
  if (assertOwnFolder(store, names) === undefined) return [];
  const entries = entriesOf(join(store, names.join('/')));
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/**
 * Deletes a regular file and nothing else; returns whether it did. There is nothing between looking and deleting: who
 * wants to put a link there has no turn on this thread in between.
 */
export function deleteFile(file: string): boolean {
  try {
    if (!lstatSync(file).isFile()) return false;
    unlinkSync(file);
    return true;
  } catch {
    return false;
  }
}

function assertUnchanged(folder: string, before: Stats): void {
  const now = lookAt(folder);
  if (now?.ino !== before.ino || now.dev !== before.dev) throw new StoreUnavailableError('linked', folder);
}

function entriesOf(folder: string): readonly Dirent[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw readingError(error, folder);
  }
  const link = entries.find((entry) => entry.isSymbolicLink());
  if (link) throw new StoreUnavailableError('linked', join(folder, link.name));
  return entries;
}

function assertOwn(folder: string, { mayBeForeign = false }: OwnPlaceOptions): Stats | undefined {
  const stats = lookAt(folder);
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) throw new StoreUnavailableError('linked', folder);
  if (!stats.isDirectory()) throw new StoreUnavailableError('unusable', folder);
  if (!mayBeForeign) assertPrivate(folder, stats);
  return stats;
}

const ROOT = 0;
const OTHERS_ENTER = 0o011;
const OTHERS_WRITE = 0o002;
const GROUP_WRITES = 0o020;

/** On Windows, where modes and owners say nothing, the folders above decide who comes here. */
function assertOwner(place: string, { uid }: Stats): void {
  const user = process.getuid?.();
  // Whoever is root needs no store to do harm.
  if (user !== undefined && uid !== user && uid !== ROOT) throw new StoreUnavailableError('foreign', place);
}

function assertPrivate(place: string, stats: Stats): void {
  assertOwner(place, stats);
  const { uid, gid, mode } = stats;
  if (process.platform === 'win32') return;
  // A group of the same number is by custom the user's own, as where new files are made for the group to write.
  const isWritable = (mode & OTHERS_WRITE) !== 0 || ((mode & GROUP_WRITES) !== 0 && gid !== uid);
  if (isWritable) throw new StoreUnavailableError('exposed', place);
}

/** What is at a path, links not followed; `undefined` where nothing is. Throws what `readingError` makes of other errors. */
export function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // Nothing lies below a file.
    if (errorCode(error) === 'ENOTDIR') return undefined;
    throw readingError(error, path);
  }
}

/** Outermost first. */
function placesOnTheWay(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [] : [...placesOnTheWay(above), path];
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Whether `path` is `folder` or lies in it, both being absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
