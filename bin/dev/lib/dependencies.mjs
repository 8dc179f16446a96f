// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolNode } from './nodeRuntime.mjs';
import { runNpm } from './npm.mjs';
import { ROOT } from './places.mjs';

/** @typedef {{ readonly packages: Record<string, { readonly version?: string, readonly optional?: boolean }> }} LockFile */

/**
 * Whether node_modules holds what the lock file asks for, by npm's own record of what it installed. Optional packages
 * may be absent: most are for other platforms.
 */
export function hasDependencies() {
  const wanted = readLock('package-lock.json');
  const installed = readLock('node_modules/.package-lock.json');
  if (!wanted || !installed) return false;
  return Object.entries(wanted.packages).every(([path, { version, optional }]) => {
    const found = installed.packages[path];
    return path === '' || (found ? found.version === version : optional === true);
  });
}

/** Runs no package's scripts: none is needed, and they are the usual way in for a poisoned package. */
export function installDependencies() {
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional'];
  return runNpm(toolNode(), args, { cwd: ROOT, log: 'dependencies' });
}

/**
 * @param {string} path
 * @returns {LockFile | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
  } catch {
    return undefined;
  }
}
