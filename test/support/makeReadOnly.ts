import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { canMount } from './canMount.ts';

/** Windows has no permissions of this kind. */
export function canMakeReadOnly(): boolean {
  return process.platform !== 'win32' && (!isRoot() || canMount());
}

/**
 * Makes a folder unwritable for this process and those it starts: by its permissions, or for root, whom these do not
 * bind, by mounting it over itself.
 *
 * @returns makes it writable again
 */
export function makeReadOnly(folder: string): () => void {
  return isRoot() ? mountReadOnly(folder) : removePermission(folder);
}

function removePermission(folder: string): () => void {
  chmodSync(folder, 0o555);
  return () => {
    chmodSync(folder, 0o755);
  };
}

function mountReadOnly(folder: string): () => void {
  execFileSync('mount', ['--bind', folder, folder]);
  execFileSync('mount', ['-o', 'remount,bind,ro', folder]);
  return () => void execFileSync('umount', ['--lazy', folder]);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
