import { type Browser, chromium } from 'playwright-core';
import { knownBrowser } from '../../../bin/dev/lib/chromium.mjs';

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium's own sandbox does not start for root, as in a container. */
const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Starts the browser set-up found, headless. It ends with this process at the latest. */
export function launchChromium(): Promise<Browser> {
  const executablePath = knownBrowser();
  if (executablePath === undefined) throw new Error('No browser is set up. Run: npm run setup');
  return chromium.launch({ executablePath, args: [...SANDBOX, ...FLAGS] });
}
