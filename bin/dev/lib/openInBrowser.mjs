// @ts-check
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Opens an address in the person's browser where there is a screen; nothing happens where there is none. The address may
 * hold a secret, and every user of the machine can read what a browser was started with: it gets a page to open that only
 * this user can read, which leads on to the address.
 *
 * @param {string} url
 * @param {string} folder a private one, which the page is left in
 */
export function openInBrowser(url, folder) {
  const command = opener();
  if (!command) return;
  const page = join(folder, 'open.html');
  writeFileSync(page, redirect(url), { mode: 0o600, flag: 'wx' });
  const child = spawn(command, [page], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function opener() {
  if (process.platform === 'darwin') return 'open';
  if (process.platform === 'win32') return 'explorer';
  return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? 'xdg-open' : undefined;
}

/** @param {string} url */
function redirect(url) {
  const quoted = url.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return [
    '<!doctype html>',
    '<meta charset="utf-8">',
    '<meta name="referrer" content="no-referrer">',
    `<meta http-equiv="refresh" content="0; url=${quoted}">`,
    '<title>Touchstone</title>',
    `<a href="${quoted}">Open Touchstone</a>`,
    '',
  ].join('\n');
}
