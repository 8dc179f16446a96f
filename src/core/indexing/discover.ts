import type { FileTree } from '../ports/files.ts';
import type { SkippedFile, SkipReason } from '../ports/indexStore.ts';
import type { Digest } from '../ports/runtime.ts';
import { decodeText } from './decodeText.ts';
import { isGitFile } from '../shared/gitFiles.ts';
import { isSamePlace } from '../shared/samePlace.ts';
import { FolderWalk, type FoundFile, GIT_FOLDER, isTooDeep } from './folderWalk.ts';
import { IgnoreRules, RULE_FILES } from './ignoreRules.ts';
import type { OuterRules } from './outerRules.ts';
import { skipByText } from './skipByText.ts';

/** What there is to index, judged without reading any file but the rule files. Both lists are in path order. */
export interface Discovery {
  readonly files: readonly FoundFile[];
  readonly skipped: readonly SkippedFile[];
}

export interface DiscoverOptions {
  /** Files of more bytes are skipped. */
  readonly maxBytes?: number | undefined;
  /** Files that are left out as they are; none unless given. */
  readonly isSetAside?: ((file: FoundFile) => boolean) | undefined;
  /** Rules from outside the folder. */
  readonly outerRules?: OuterRules | undefined;
  /** Called now and then with the number of files found so far. */
  readonly onFound?: (count: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Of a file that is indexed, unless the settings say otherwise. */
const DEFAULT_MAX_BYTES = 1024 * 1024;

/** A file takes some thirty times its size in memory while it is cut. The manifest names the same limit. */
export const LARGEST_BYTES = 16 * 1024 * 1024;

/** Looks at the whole tree. Rejects when the root cannot be listed, and with the signal's reason when aborted. */
export async function discover(tree: FileTree, options: DiscoverOptions = {}): Promise<Discovery> {
  const walk = startWalk(tree, options);
  for (const skipped of options.outerRules?.unread ?? []) walk.skipped.push(skipped);
  await walk.visit('', new IgnoreRules(options.outerRules));
  return sorted(walk);
}

/**
 * Looks at these files and folders only, under the same rules as a look at the whole tree. A path with nothing at it
 * gives nothing.
 */
export async function discoverPaths(
  tree: FileTree,
  paths: readonly string[],
  options: DiscoverOptions = {},
): Promise<Discovery> {
  const walk = startWalk(tree, options);
  const places = new PlaceRules(tree, walk, new IgnoreRules(options.outerRules));
  const visited = new Set<string>();
  for (const path of withoutNested(paths)) {
    options.signal?.throwIfAborted();
    if (isTooDeep(path.slice(0, Math.max(path.lastIndexOf('/'), 0)))) continue;
    const place = await placeOf(tree, path);
    if (place === 'link') walk.skip(path, 'link', 'other');
    if (place === undefined || place === 'link' || isCovered(place.path, visited)) continue;
    visited.add(place.path);
    await visitPlace(walk, places, place.path, place.kind);
  }
  return sorted(walk);
}

/** What files are judged by, as they are now. */
export interface Judgement extends Pick<DiscoverOptions, 'outerRules' | 'maxBytes' | 'isSetAside'> {
  /** Paths that may be judged otherwise than before, as git tracks them now, or no longer does. */
  readonly rejudged?: readonly string[] | 'all';
  /** To be called once they have been: until then they are named again. */
  readonly settled?: () => void;
}

/** Git's files that name, or hold, rules of a whole repository. */
const GIT_RULE_FILES = ['info/exclude', 'config'];

/** Whether a change of this path can change which other files are indexed. */
export function isRuleFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return RULE_FILES.some((ruleFile) => ruleFile === name) || isGitFile(path, GIT_RULE_FILES);
}

function startWalk(tree: FileTree, options: DiscoverOptions): FolderWalk {
  const {
    maxBytes = DEFAULT_MAX_BYTES,
    isSetAside = () => false,
    onFound = () => undefined,
    signal,
  } = options;
  return new FolderWalk(tree, { maxBytes, isSetAside, onFound, signal });
}

function withoutNested(paths: readonly string[]): readonly string[] {
  const all = new Set(paths);
  return [...all].filter((path) => isTooDeep(path) || !foldersAround(path).some((folder) => all.has(folder)));
}

function isCovered(path: string, places: ReadonlySet<string>): boolean {
  return places.has(path) || foldersAround(path).some((folder) => places.has(folder));
}

/** The folders that `path` lies in, outermost first, the root left out. */
function foldersAround(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, depth) => names.slice(0, depth + 1).join('/'));
}

/** What is there, under its own name: on some disks others of another case, or of letters composed otherwise, lead to it. */
interface Place {
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

async function placeOf(tree: FileTree, path: string): Promise<Place | 'link' | undefined> {
  let real: string;
  try {
    real = await tree.realPath(path);
  } catch {
    return undefined;
  }
  if (!isSamePlace(path, real)) return 'link';
  return { path: real, kind: (await tree.stat(real)) === undefined ? 'folder' : 'file' };
}

async function visitPlace(
  walk: FolderWalk,
  places: PlaceRules,
  path: string,
  kind: 'file' | 'folder',
): Promise<void> {
  if (path.split('/').includes(GIT_FOLDER)) return;
  let rules = await places.inside('');
  if (rules === undefined) return;
  for (const folder of foldersAround(path)) {
    const reason = walk.skipByPlace(folder, { kind: 'folder', isLink: false }, rules);
    if (reason !== undefined) {
      walk.skip(folder, reason, 'folder');
      return;
    }
    rules = await places.inside(folder, rules);
    if (rules === undefined) return;
  }
  await walk.visitEntry(path, kind, rules);
}

/** The rules inside folders, each read once however many of the paths lie in it. */
class PlaceRules {
  readonly #tree: FileTree;
  readonly #walk: FolderWalk;
  readonly #outermost: IgnoreRules;
  readonly #inside = new Map<string, Promise<IgnoreRules | undefined>>();

  constructor(tree: FileTree, walk: FolderWalk, outermost: IgnoreRules) {
    this.#tree = tree;
    this.#walk = walk;
    this.#outermost = outermost;
  }

  /** `above` are the rules inside the folder that `folder` lies in. `undefined` when they cannot be read. */
  inside(folder: string, above = this.#outermost): Promise<IgnoreRules | undefined> {
    let rules = this.#inside.get(folder);
    rules ??= this.#ruleFilesIn(folder).then((names) => this.#walk.rulesIn(folder, above, names));
    this.#inside.set(folder, rules);
    return rules;
  }

  async #ruleFilesIn(folder: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const name of RULE_FILES) {
      if ((await this.#tree.stat(prefix + name)) !== undefined) found.add(name);
    }
    if (await this.#exists(prefix + GIT_FOLDER)) found.add(GIT_FOLDER);
    return found;
  }

  async #exists(path: string): Promise<boolean> {
    return this.#tree.realPath(path).then(
      () => true,
      () => false,
    );
  }
}

function sorted({ files, skipped }: FolderWalk): Discovery {
  return { files: files.sort(byPath), skipped: skipped.sort(byPath) };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

export type ReadFile =
  | { readonly kind: 'text'; readonly text: string; readonly hash: string }
  /** The bytes are those that `knownHash` was made of. */
  | { readonly kind: 'same'; readonly hash: string }
  | { readonly kind: 'skip'; readonly reason: SkipReason };

/**
 * Reads a file and judges it by its content. A file that vanished meanwhile is skipped like an unreadable one. `onBegin` is
 * called when its content is about to be looked at.
 */
export async function readFile(
  tree: FileTree,
  hash: Digest,
  { path, isWanted }: FoundFile,
  knownHash: string | undefined,
  onBegin: (path: string) => void = () => undefined,
): Promise<ReadFile> {
  let bytes: Uint8Array;
  try {
    bytes = await tree.read(path, LARGEST_BYTES);
  } catch {
    return { kind: 'skip', reason: 'unreadable' };
  }
  onBegin(path);
  const digest = hash(bytes);
  if (digest === knownHash) return { kind: 'same', hash: digest };
  const text = decodeText(bytes);
  if (text === undefined) return { kind: 'skip', reason: 'binary' };
  const reason = isWanted ? undefined : skipByText(text, path.slice(path.lastIndexOf('/') + 1));
  return reason === undefined ? { kind: 'text', text, hash: digest } : { kind: 'skip', reason };
}
