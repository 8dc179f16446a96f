import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isInside } from '../durable/ownPlace.ts';
import { readRegularFile } from '../durable/regularFile.ts';

/** The files of git that are read here are a line or two, a configuration a few pages. */
const MAX_BYTES = 1_000_000;

/** What git looks at for a history. `hooks` and the like are often links, and never looked at. */
const PARTS = [
  ...['HEAD', 'commondir', 'config', 'config.worktree', 'gitdir', 'info', 'objects'],
  ...['packed-refs', 'refs', 'reftable', 'shallow'],
];

/** Folders of objects; their names are git's own, so no other is looked at. */
const OBJECT_FOLDERS = [
  'info',
  'pack',
  ...Array.from({ length: 256 }, (_, number) => number.toString(16).padStart(2, '0')),
];

/**
 * The top folder of the repository that `root`, an absolute path, lies in, if that repository is its own; see
 * gitrepository-layout(5). A folder from elsewhere may come with a `.git` that leads to another repository of the user, by
 * a file, a link or borrowed objects, and have its history told and sent as if it were this folder's. A repository that
 * lies elsewhere is this folder's only if it says so itself, as those of worktrees and submodules do.
 */
export async function findOwnRepository(root: string): Promise<string | undefined> {
  for (let top = root; ; top = dirname(top)) {
    const place = await repositoryAt(top);
    if (place === 'other') return undefined;
    if (place !== 'none') return (await isComplete(place)) ? top : undefined;
    if (dirname(top) === top) return undefined;
  }
}

interface Repository {
  readonly gitFolder: string;
  /** Where the objects are: another folder for worktrees. */
  readonly commonFolder: string;
}

async function repositoryAt(top: string): Promise<Repository | 'none' | 'other'> {
  const entry = join(top, '.git');
  const stats = await lstat(entry).catch(() => undefined);
  if (!stats) return 'none';
  if (stats.isDirectory()) {
    // What has no head is no repository, and git looks on further up.
    if (!(await exists(join(entry, 'HEAD')))) return 'none';
    return (await exists(join(entry, 'commondir'))) ? 'other' : { gitFolder: entry, commonFolder: entry };
  }
  const link = /^gitdir: (.+)$/m.exec((await readText(entry)) ?? '')?.[1];
  if (link === undefined) return 'other';
  const gitFolder = await realpath(resolve(top, link)).catch(() => undefined);
  if (gitFolder === undefined) return 'other';
  const common = await readText(join(gitFolder, 'commondir'));
  if (common === undefined) {
    const isOwn = isInside(top, gitFolder) || (await worktreeOf(gitFolder)) === (await realpath(top));
    return isOwn ? { gitFolder, commonFolder: gitFolder } : 'other';
  }
  const commonFolder = await realpath(resolve(gitFolder, common.trim())).catch(() => undefined);
  const isListed = commonFolder !== undefined && dirname(gitFolder) === join(commonFolder, 'worktrees');
  return isListed && (await isNamedBy(gitFolder, entry)) ? { gitFolder, commonFolder } : 'other';
}

/** A worktree's own folder in the repository names the file that leads there. */
async function isNamedBy(gitFolder: string, entry: string): Promise<boolean> {
  const named = (await readText(join(gitFolder, 'gitdir')))?.trim();
  if (named === undefined || basename(named) !== '.git') return false;
  const folder = await realpath(dirname(resolve(gitFolder, named))).catch(() => undefined);
  return folder === (await realpath(dirname(entry)));
}

/** Where the configuration of a submodule says that its files are. */
async function worktreeOf(gitFolder: string): Promise<string | undefined> {
  const config = (await readText(join(gitFolder, 'config'))) ?? '';
  const named = /^[^\S\n]*worktree[^\S\n]*=(.+)$/m.exec(config)?.[1]?.trim().replace(/^"|"$/g, '');
  return named === undefined ? undefined : realpath(resolve(gitFolder, named)).catch(() => undefined);
}

/** Whether nothing of it is a link or borrowed. */
async function isComplete({ gitFolder, commonFolder }: Repository): Promise<boolean> {
  const objects = join(commonFolder, 'objects');
  const parts = [gitFolder, commonFolder].flatMap((folder) => PARTS.map((part) => join(folder, part)));
  const folders = OBJECT_FOLDERS.map((name) => join(objects, name));
  const borrowed = ['alternates', 'http-alternates'].map((name) => join(objects, 'info', name));
  if (await anyOf(borrowed, exists)) return false;
  return !(await anyOf([...parts, ...folders], isLink));
}

async function anyOf(paths: readonly string[], test: (path: string) => Promise<boolean>): Promise<boolean> {
  return (await Promise.all(paths.map(test))).some(Boolean);
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() ?? false;
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

async function readText(path: string): Promise<string | undefined> {
  const bytes = await readRegularFile(path, { maxBytes: MAX_BYTES }).catch(() => undefined);
  return bytes?.toString('utf8');
}
