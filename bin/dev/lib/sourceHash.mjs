// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './places.mjs';

/**
 * A hash of the contents of files and folders; what does not exist counts as absent.
 *
 * @param {readonly string[]} paths relative to the repository
 */
export function hashSources(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addPath(hash, path);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function addPath(hash, path) {
  const absolute = join(ROOT, path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats?.isDirectory()) {
    for (const name of readdirSync(absolute).sort()) addPath(hash, `${path}/${name}`);
  } else if (stats) {
    hash.update(`${path}\0${stats.size}\0`).update(readFileSync(absolute));
  }
}
