import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { webviewHtml } from '../../src/host/webview/webviewHtml.ts';
import { launchChromium, openPage } from '../support/workbench/launchChromium.ts';
import { themes, type Theme } from './themes.ts';

const ORIGIN = 'https://touchstone.test';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** What `fakeEditor.js` puts into the page. */
interface InPage<T> {
  readonly fakeEditor: Readonly<Record<string, (argument: unknown) => T | Promise<T>>>;
}

export interface OpenOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

type Served = Readonly<Record<string, { readonly contentType: string; readonly body: string }>>;

/** Opens the page, policy and bundle of one of our views in Chromium, with a fake editor around it. */
export class ViewBrowser {
  readonly #browser: Browser;
  readonly #files: Served;

  constructor(browser: Browser, files: Served) {
    this.#browser = browser;
    this.#files = files;
  }

  /** `name` is that of the view's folder and of its own style sheet. */
  static async launch(name: string): Promise<ViewBrowser> {
    const [script, ...styles] = await Promise.all([
      bundle(name),
      ...['shared', name].map((style) => readFile(fromRoot(`media/${style}.css`), 'utf8')),
    ]);
    const html = webviewHtml({
      title: 'Touchstone',
      cspSource: ORIGIN,
      nonce: 'nonce-for-tests',
      scriptUri: `${ORIGIN}/view.js`,
      styleUris: [`${ORIGIN}/shared.css`, `${ORIGIN}/view.css`],
    });
    return new ViewBrowser(await launchChromium(), {
      '/': { contentType: 'text/html', body: html },
      '/view.js': { contentType: 'text/javascript', body: script },
      '/shared.css': { contentType: 'text/css', body: styles[0] ?? '' },
      '/view.css': { contentType: 'text/css', body: styles[1] ?? '' },
    });
  }

  async open({ theme = themes.dark, width = 400, height = 720 }: OpenOptions = {}): Promise<ViewPage> {
    const page = await openPage(this.#browser, { viewport: { width, height } });
    const problems: string[] = [];
    page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
    await page.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      const file = url.origin === ORIGIN ? this.#files[url.pathname] : undefined;
      if (file) await route.fulfill(file);
      else {
        problems.push(`request: ${url.href}`);
        await route.abort();
      }
    });
    await page.addInitScript({ path: fromRoot('test/webview/fakeEditor.js') });
    const view = new ViewPage(page, problems);
    await view.load(theme);
    return view;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** One view. `problems` collects everything on the console and every request that leaves the page. */
export class ViewPage {
  readonly page: Page;
  readonly problems: string[];

  constructor(page: Page, problems: string[]) {
    this.page = page;
    this.problems = problems;
  }

  /** Loads or reloads the view, as the editor does when it is shown again. */
  async load(theme: Theme): Promise<void> {
    await this.page.goto(`${ORIGIN}/`);
    await this.call('applyTheme', theme);
  }

  /** Sends any message, valid or not, and waits until what it changes is drawn. */
  async send(message: unknown): Promise<void> {
    await this.call('send', message);
    await this.settled();
  }

  /** Resolves when what has changed is drawn. */
  async settled(): Promise<void> {
    await this.page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
  }

  /** What the view has posted since it was loaded, without the opening `ready`. */
  async posted<Message extends { readonly type: string }>(): Promise<readonly Message[]> {
    const messages = await this.page.evaluate<Message[]>('fakeEditor.posted');
    return messages.filter(({ type }) => type !== 'ready');
  }

  /** Calls a function of `fakeEditor.js`. */
  async call<T>(name: string, argument?: unknown): Promise<T> {
    return this.page.evaluate(
      (call) => (globalThis as unknown as InPage<T>).fakeEditor[call.name]?.(call.argument) as Promise<T>,
      { name, argument },
    );
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

async function bundle(name: string): Promise<string> {
  const result = await build({
    entryPoints: [fromRoot(`src/webview/${name}/main.tsx`)],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  return result.outputFiles[0]?.text ?? '';
}
