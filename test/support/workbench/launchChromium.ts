import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { knownBrowser } from '../../../bin/dev/lib/chromium.mjs';
import { PATIENCE_MS } from '../patience.ts';

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
  return chromium.launch({ executablePath, args: [...SANDBOX, ...FLAGS], timeout: PATIENCE_MS });
}

/** Opens a page on which everything is waited for as long as tests wait. */
export async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}
