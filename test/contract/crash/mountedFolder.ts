import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporaryFolder.ts';

/** A file system of its own of so many kB, which is unmounted when the test has finished. */
export function mountedFolder(kilobytes: number) {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder]);
  const remount = (options: string) => {
    execFileSync('mount', ['-o', `remount,${options}`, folder]);
  };
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return {
    folder,
    makeReadOnly: () => remount('ro'),
    resize: (size: number) => remount(`rw,size=${size}k`),
  };
}

/** Leaves no space at all; returns how to give some back. */
export function fill(folder: string): (bytes: number) => void {
  const ballast = join(folder, 'ballast');
  for (let size = 1 << 20; size >= 512; size /= 2) {
    for (;;) {
      try {
        writeFileSync(ballast, new Uint8Array(size), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
  return (bytes) => {
    const { size } = statSync(ballast);
    writeFileSync(ballast, new Uint8Array(Math.max(0, size - bytes)));
  };
}
