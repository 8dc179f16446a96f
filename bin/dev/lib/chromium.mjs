// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { canInstallPackages, installPackages } from './debian.mjs';
import { executableOnPath } from './executableOnPath.mjs';
import { CACHE } from './places.mjs';
import { SetupError } from './setupError.mjs';

/** Remembers the browser that was found to start: asking one for its version takes too long to do each time. */
const FOUND = join(CACHE, 'browser');

const ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
];

const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** @returns {string | undefined} path of a Chromium-family browser that set-up has seen start */
export function knownBrowser() {
  if (process.env['TOUCHSTONE_BROWSER']) return process.env['TOUCHSTONE_BROWSER'];
  const path = existsSync(FOUND) ? readFileSync(FOUND, 'utf8') : '';
  return path !== '' && existsSync(path) ? path : undefined;
}

/** Finds a browser for the tests, or installs Debian's. */
export async function ensureBrowser() {
  let path = findBrowser();
  if (!path && canInstallPackages()) {
    await installPackages(['chromium', 'fonts-dejavu-core']);
    path = findBrowser();
  }
  if (!path) throw new SetupError(missingBrowser());
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(FOUND, path);
}

function findBrowser() {
  const candidates = [executableOnPath(...ON_PATH), ...INSTALLED, ...playwrightBrowsers()];
  return candidates.find((path) => path !== undefined && existsSync(path) && starts(path));
}

/**
 * Some distributions put a script in the browser's place that only tells how to install it.
 *
 * @param {string} path
 */
function starts(path) {
  // On Windows a browser asked for its version opens a window instead.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 180_000 }).status === 0;
}

function playwrightBrowsers() {
  const base = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(base)) return [];
  const names = readdirSync(base).filter((name) => name.startsWith('chromium'));
  return names.flatMap((name) => [
    join(base, name, 'chrome-linux/chrome'),
    join(base, name, 'chrome-linux64/chrome'),
    join(base, name, 'chrome-linux/headless_shell'),
  ]);
}

function missingBrowser() {
  return [
    'The tests need Chromium or Chrome, and none was found. Install one and run this again:',
    '  Debian, Ubuntu: sudo apt-get install chromium     elsewhere: https://www.google.com/chrome',
    'Or name one: TOUCHSTONE_BROWSER=/path/to/chrome',
  ].join('\n');
}
