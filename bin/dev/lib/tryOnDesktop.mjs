// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { executableOnPath } from './executableOnPath.mjs';
import { CACHE, CLONE_ID, VSIX } from './places.mjs';
import { runLogged } from './runLogged.mjs';
import { SetupError } from './setupError.mjs';

/**
 * Opens a folder in an installed VS Code with the packaged extension, in a profile of its own so that nothing of the
 * person's set-up changes. Returns when the window is closed.
 *
 * @param {string} folder
 * @returns {Promise<number>} exit code
 */
export async function tryOnDesktop(folder) {
  const code = executableOnPath('code', 'code-insiders', 'codium');
  if (!code) {
    throw new SetupError(
      'No VS Code was found: the command "code" is not on the PATH. In VS Code, run "Shell Command: Install \'code\' command in PATH",\nor leave out --desktop to try it in the browser.',
    );
  }
  const home = join(CACHE, `try-${CLONE_ID}`, 'desktop');
  const profile = [`--user-data-dir=${join(home, 'user')}`, `--extensions-dir=${join(home, 'extensions')}`];
  await runLogged('install-extension', code, [...profile, `--install-extension=${VSIX}`, '--force']);
  console.log(`Opening ${folder} in ${code}; close the window to return.`);
  const window = spawn(code, [...profile, '--new-window', '--wait', folder], { stdio: 'inherit' });
  const [exitCode] = await once(window, 'close');
  return exitCode ?? 1;
}
