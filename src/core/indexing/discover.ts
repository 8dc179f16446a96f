import type { FileTree } from '../ports.ts';
import { FolderWalk, skipByPlace, type FoundFile } from './folderWalk.ts';
import { IgnoreRules, RULE_FILES } from './ignoreRules.ts';
import type { SkippedFile } from './records.ts';

/** What there is to index, judged without reading any file but the rule files. Both lists are in path order. */
export interface Discovery {
  readonly files: readonly FoundFile[];
  readonly skipped: readonly SkippedFile[];
}

export interface DiscoverOptions {
  /** Files of more bytes are skipped. */
  readonly maxBytes?: number;
  /** Called now and then with the number of files found so far. */
  readonly onFound?: (count: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export const DEFAULT_MAX_BYTES = 1024 * 1024;

/** Looks at the whole tree. Rejects when the root cannot be listed, and with the signal's reason when aborted. */
export async function discover(tree: FileTree, options: DiscoverOptions = {}): Promise<Discovery> {
  const walk = startWalk(tree, options);
  await walk.visit('', new IgnoreRules());
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
  for (const path of withoutNested(paths)) {
    options.signal?.throwIfAborted();
    const place = await placeOf(tree, path);
    if (place === undefined) continue;
    if (place === 'link') walk.skip(path, 'link', 'other');
    else await visitPlace(tree, walk, path, place);
  }
  return sorted(walk);
}

/** Whether a change of this path can change which other files are indexed. */
export function isRuleFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return RULE_FILES.some((ruleFile) => ruleFile === name);
}

function startWalk(tree: FileTree, options: DiscoverOptions): FolderWalk {
  const { maxBytes = DEFAULT_MAX_BYTES, onFound = () => undefined, signal } = options;
  return new FolderWalk(tree, { maxBytes, onFound, signal });
}

function withoutNested(paths: readonly string[]): readonly string[] {
  const all = new Set(paths);
  return [...all].filter((path) => !foldersAround(path).some((folder) => all.has(folder)));
}

/** The folders that `path` lies in, outermost first, the root left out. */
function foldersAround(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, depth) => names.slice(0, depth + 1).join('/'));
}

async function placeOf(tree: FileTree, path: string): Promise<'file' | 'folder' | 'link' | undefined> {
  try {
    if ((await tree.realPath(path)) !== path) return 'link';
  } catch {
    return undefined;
  }
  return (await tree.stat(path)) === undefined ? 'folder' : 'file';
}

async function visitPlace(
  tree: FileTree,
  walk: FolderWalk,
  path: string,
  kind: 'file' | 'folder',
): Promise<void> {
  let rules = await walk.rulesIn('', new IgnoreRules(), await ruleFilesIn(tree, ''));
  for (const folder of foldersAround(path)) {
    const reason = skipByPlace(folder, { kind: 'folder', isLink: false }, rules);
    if (reason !== undefined) {
      walk.skip(folder, reason, 'folder');
      return;
    }
    rules = await walk.rulesIn(folder, rules, await ruleFilesIn(tree, folder));
  }
  await walk.visitEntry(path, kind, rules);
}

async function ruleFilesIn(tree: FileTree, folder: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const name of RULE_FILES) {
    if ((await tree.stat(folder === '' ? name : `${folder}/${name}`)) !== undefined) found.add(name);
  }
  return found;
}

function sorted({ files, skipped }: FolderWalk): Discovery {
  return { files: files.sort(byPath), skipped: skipped.sort(byPath) };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
