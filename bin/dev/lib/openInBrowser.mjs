// @ts-check
import { spawn } from 'node:child_process';

/**
 * Opens an address in the person's browser where there is a screen; nothing happens where there is none.
 *
 * @param {string} url
 */
export function openInBrowser(url) {
  const command = opener();
  if (!command) return;
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function opener() {
  if (process.platform === 'darwin') return 'open';
  if (process.platform === 'win32') return 'explorer';
  return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? 'xdg-open' : undefined;
}
