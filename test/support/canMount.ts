import { execFileSync } from 'node:child_process';

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
