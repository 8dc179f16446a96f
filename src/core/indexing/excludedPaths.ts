import { PathOutsideError } from '../errors/pathErrors.ts';
import type { FileTree } from '../ports/files.ts';
import { discoverPaths, type DiscoverOptions } from './discover.ts';

/**
 * Those of these files that are there and would not be indexed if they were looked at now: the index may not have heard of
 * a rule yet, and some ways to a file do not lead through it.
 */
export async function excludedPaths(
  tree: FileTree,
  paths: readonly string[],
  options: DiscoverOptions,
): Promise<ReadonlySet<string>> {
  const { files } = await discoverPaths(tree, paths, options);
  const wanted = new Set(files.map(({ path }) => path));
  const unwanted = paths.filter((path) => !wanted.has(path));
  const present = await Promise.all(unwanted.map((path) => isThere(tree, path)));
  return new Set(unwanted.filter((_, at) => present[at]));
}

/** Also by a link, wherever it leads. */
async function isThere(tree: FileTree, path: string): Promise<boolean> {
  try {
    await tree.realPath(path);
    return true;
  } catch (error) {
    return error instanceof PathOutsideError;
  }
}
