// @ts-check
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUIET_SETTINGS, installExtension, startEditorServer, writeSettings } from './editorServer.mjs';
import { freePort } from './freePort.mjs';
import { openInBrowser } from './openInBrowser.mjs';
import { CACHE, CLONE_ID, ROOT, VSIX } from './places.mjs';
import { untilInterrupted } from './untilInterrupted.mjs';
import { vsixSource } from './vsix.mjs';

/** @import { TryOptions } from './tryOptions.mjs' */

const HOME = join(CACHE, `try-${CLONE_ID}`);
const FOLDERS = { profile: join(HOME, 'profile'), extensions: join(HOME, 'extensions') };

/** An untrusted folder opens in Restricted Mode, with a banner to trust it, rather than behind a question. */
const SETTINGS = { ...QUIET_SETTINGS, 'security.workspace.trust.startupPrompt': 'never' };

/**
 * Serves VS Code with the packaged extension until interrupted. Only this machine can reach it, and only with the
 * secret in the printed address.
 *
 * @param {TryOptions} options
 * @returns {Promise<number>} exit code
 */
export async function tryInBrowser({ folder, port, open, trust }) {
  mkdirSync(HOME, { recursive: true, mode: 0o700 });
  // Settings and logs of the editor are nobody else's, also where an older version made the folder.
  chmodSync(HOME, 0o700);
  writeSettings(FOLDERS.profile, SETTINGS);
  await installLatest();
  const interrupted = untilInterrupted();
  const token = randomBytes(24).toString('hex');
  // Made for this run and nobody else to look into, wherever the cache is: the secret goes to server and browser through
  // files in it, because arguments are visible to every user of the machine.
  const secrets = mkdtempSync(join(tmpdir(), 'touchstone-try-'));
  try {
    const server = await startEditorServer({
      ...FOLDERS,
      port: await freePort(port),
      tokenFile: writeToken(token, secrets),
      trustWorkspace: trust,
    });
    const url = address(ownOrigin(server.port), token, folder);
    console.log(introduction(url, trust));
    if (open) openInBrowser(url, secrets);
    const crashed = await Promise.race([interrupted.then(() => false), server.exited.then(() => true)]);
    await server.stop();
    console.log(crashed ? `The VS Code server ended by itself:\n${server.output()}` : '\nStopped.');
    return crashed ? 1 : 0;
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
}

async function installLatest() {
  const stamp = join(HOME, 'installed');
  const source = vsixSource();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === source) return;
  await installExtension(VSIX, FOLDERS);
  writeFileSync(stamp, source);
}

/**
 * @param {string} token
 * @param {string} folder
 */
function writeToken(token, folder) {
  const path = join(folder, 'token');
  writeFileSync(path, token, { mode: 0o600, flag: 'wx' });
  return path;
}

/**
 * Browsers keep one cookie for all ports of a host, so at `127.0.0.1` any other program of this machine would be shown the
 * secret. Names below `localhost` lead to this machine and nowhere else, and this one nobody can guess.
 *
 * @param {number} port
 */
function ownOrigin(port) {
  return `http://${randomBytes(12).toString('hex')}.localhost:${port}`;
}

/**
 * @param {string} origin
 * @param {string} token
 * @param {string} folder
 */
function address(origin, token, folder) {
  const query = new URLSearchParams({ tkn: token, folder });
  // Our own folder opens with a file to type in.
  const file = `vscode-remote://${new URL(origin).host}${join(ROOT, 'src/extension.ts')}`;
  if (folder === ROOT) query.set('payload', JSON.stringify([['openFile', file]]));
  return `${origin}/?${query}`;
}

/**
 * @param {string} url
 * @param {boolean} trusted
 */
function introduction(url, trusted) {
  return [
    '\nTouchstone runs in VS Code for the browser, on this machine only:\n',
    `  ${url}\n`,
    'A browser that does not find that name finds it as 127.0.0.1, where other programs of this machine may see the secret.\n',
    'Try this:',
    '  - open a source file and type the start of a line: grey text continues it; Tab takes it, Esc dismisses it',
    '  - press Ctrl+Shift+P, choose "Touchstone: Open Chat", ask how something works and click a citation',
    '  - click Touchstone in the status bar to see which model is active and why',
    ...(trusted
      ? []
      : ['  - the folder opened in Restricted Mode; trust it in the banner if the code is yours']),
    '\nCtrl+C stops it.',
  ].join('\n');
}
