import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { isInside, linkBelow, lookAt } from '../../adapters/durable/ownPlace.ts';

/**
 * The first link on the way to an output that is to be written while `root` is evaluated, if that folder, or the one that
 * commands are run in, holds it: whoever wrote the folder says then what would be overwritten. A link that the user made
 * elsewhere, to a device say, is their own.
 */
export function linkToOutput(root: string, file: string, current = process.cwd()): string | undefined {
  const path = resolve(current, file);
  return foldersOfOthers(root, current)
    .map((folder) => linkBelow(folder, path))
    .find((link) => link !== undefined);
}

/**
 * Whether something in those folders stands in the output's place that is no file of its own: a pipe or a device, which
 * would be waited for, or a second name of a file elsewhere, which would be overwritten.
 */
export function isOutputTaken(root: string, file: string, current = process.cwd()): boolean {
  const path = resolve(current, file);
  if (!foldersOfOthers(root, current).some((folder) => isInside(folder, path))) return false;
  const stats = lookAt(path);
  return stats !== undefined && !stats.isDirectory() && (!stats.isFile() || stats.nlink > 1);
}

/** Somebody who stands in their home, or above it, stands in no checkout. */
function foldersOfOthers(root: string, current: string): readonly string[] {
  return isInside(current, homedir()) ? [root] : [root, current];
}
