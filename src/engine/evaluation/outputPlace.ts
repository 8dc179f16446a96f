import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { isInside, linkBelow } from '../../adapters/durable/ownPlace.ts';

/**
 * The first link on the way to an output that is to be written while `root` is evaluated, if that folder, or the one that
 * commands are run in, holds it: whoever wrote the folder says then what would be overwritten. A link that the user made
 * elsewhere, to a device say, is their own.
 */
export function linkToOutput(root: string, file: string, current = process.cwd()): string | undefined {
  const path = resolve(current, file);
  // Somebody who stands in their home, or above it, stands in no checkout.
  const folders = isInside(current, homedir()) ? [root] : [root, current];
  return folders.map((folder) => linkBelow(folder, path)).find((link) => link !== undefined);
}
