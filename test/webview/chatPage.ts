import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { webviewHtml } from '../../src/host/webviewHtml.ts';
import type { ChatState, ToHost } from '../../src/protocol/chat.ts';
import { themes, type Theme } from './themes.ts';

const ORIGIN = 'https://touchstone.test';
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

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

/** Opens the chat view's own page, policy and bundle in Chromium, with a fake editor around it. */
export class ChatBrowser {
  readonly #browser: Browser;
  readonly #files: ReadonlyMap<string, { readonly contentType: string; readonly body: string }>;

  constructor(browser: Browser, files: ReadonlyMap<string, { contentType: string; body: string }>) {
    this.#browser = browser;
    this.#files = files;
  }

  static async launch(): Promise<ChatBrowser> {
    const [script, style] = await Promise.all([bundle(), readFile(fromRoot('media/chat.css'), 'utf8')]);
    const html = webviewHtml({
      title: 'Touchstone',
      cspSource: ORIGIN,
      nonce: 'nonce-for-tests',
      scriptUri: `${ORIGIN}/chat.js`,
      styleUri: `${ORIGIN}/chat.css`,
    });
    const browser = await chromium.launch({
      executablePath: process.env['TOUCHSTONE_CHROMIUM'] ?? '/usr/bin/chromium',
      args: FLAGS.split(' '),
    });
    return new ChatBrowser(
      browser,
      new Map([
        ['/', { contentType: 'text/html', body: html }],
        ['/chat.js', { contentType: 'text/javascript', body: script }],
        ['/chat.css', { contentType: 'text/css', body: style }],
      ]),
    );
  }

  async open({ theme = themes.dark, width = 400, height = 720 }: OpenOptions = {}): Promise<ChatPage> {
    const page = await this.#browser.newPage({ viewport: { width, height } });
    const problems: string[] = [];
    page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
    await page.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      const file = url.origin === ORIGIN ? this.#files.get(url.pathname) : undefined;
      if (file) await route.fulfill(file);
      else {
        problems.push(`request: ${url.href}`);
        await route.abort();
      }
    });
    await page.addInitScript({ path: fromRoot('test/webview/fakeEditor.js') });
    const chat = new ChatPage(page, problems);
    await chat.load(theme);
    return chat;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** One chat view. `problems` collects everything on the console and every request that leaves the page. */
export class ChatPage {
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
    await this.page.getByRole('textbox').waitFor();
  }

  /** Sends any message, valid or not, and waits until what it changes is drawn. */
  async send(message: unknown): Promise<void> {
    await this.call('send', message);
    await this.page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
  }

  async sendState(state: Partial<ChatState>): Promise<void> {
    await this.send({ type: 'state', state: { messages: [], status: '', ...state } });
  }

  async append(messageId: string, text: string): Promise<void> {
    await this.send({ type: 'append', messageId, text });
  }

  /** What the view has posted since it was loaded, without the opening `ready`. */
  async posted(): Promise<readonly ToHost[]> {
    const messages = await this.page.evaluate<ToHost[]>('fakeEditor.posted');
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

async function bundle(): Promise<string> {
  const result = await build({
    entryPoints: [fromRoot('src/webview/chat/main.tsx')],
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
