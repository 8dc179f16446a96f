import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporaryFolder.ts';

/** Whether this process may mount file systems: the superuser of a Linux machine, in most containers not even that. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

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
