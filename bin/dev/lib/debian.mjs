// @ts-check
import { spawnSync } from 'node:child_process';
import { executableOnPath } from './executableOnPath.mjs';
import { runLogged } from './runLogged.mjs';

/** How to get administrator rights without asking: nothing as root, `sudo -n` where that works. */
function privilege() {
  if (process.platform !== 'linux' || !executableOnPath('apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return sudo.status === 0 ? ['sudo', '-n'] : undefined;
}

/** Whether system packages can be installed here without asking anybody. */
export function canInstallPackages() {
  return privilege() !== undefined;
}

/**
 * @param {readonly string[]} packages Debian or Ubuntu package names
 */
export async function installPackages(packages) {
  const prefix = [...(privilege() ?? []), 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const [command = 'env', ...args] = prefix;
  await runLogged('apt', command, [...args, 'update', '-q']);
  await runLogged('apt', command, [...args, 'install', '-y', '-q', '--no-install-recommends', ...packages]);
}
