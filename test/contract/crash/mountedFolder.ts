import { execFileSync } from 'node:child_process';
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
