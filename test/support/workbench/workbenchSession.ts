import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type EditorServer, startEditorServer } from '../../../bin/dev/lib/editorServer.mjs';
import { launchChromium, openPage } from './launchChromium.ts';
import { OUTPUT } from './output.ts';
import { type WorkbenchTarget, workbenchUrl } from './workbenchUrl.ts';

export interface SessionOptions extends WorkbenchTarget {
  /** Folder for the editor's settings, state and logs. */
  readonly profile: string;
  /** Folder of installed extensions. */
  readonly extensions: string;
  readonly trusted: boolean;
  /** Set on top of this process's environment for the server and the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Functions the page can call by name. */
  readonly bindings?: Readonly<Record<string, (...args: never[]) => unknown>>;
}

/** One VS Code server and one browser page showing it; nothing of either outlives `close` or this process. */
export class WorkbenchSession {
  readonly page: Page;
  readonly server: EditorServer;
  readonly #browser: Browser;
  readonly #profile: string;
  readonly #console: string[] = [];

  constructor(server: EditorServer, browser: Browser, page: Page, profile: string) {
    this.server = server;
    this.#browser = browser;
    this.page = page;
    this.#profile = profile;
    page.on('console', (message) => this.#console.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.#console.push(`uncaught: ${String(error)}`));
  }

  /** Shows the same folder in another page, a window of its own to the editor. Closing either session closes both. */
  async openPage(): Promise<WorkbenchSession> {
    const page = await openPage(this.#browser, { viewport: this.page.viewportSize() });
    const session = new WorkbenchSession(this.server, this.#browser, page, this.#profile);
    await page.goto(this.page.url());
    return session;
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#browser.close(), this.server.stop()]);
  }

  /** Keeps what explains a failure: a screenshot, the page's console, the server's output and the editor's logs. */
  async saveEvidence(name: string): Promise<string> {
    const folder = join(OUTPUT, name.replaceAll(/[^\w.-]+/g, '-'));
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'console.log'), this.#console.join('\n'));
    await writeFile(join(folder, 'server.log'), this.server.output());
    await Promise.allSettled([
      this.page.screenshot({ path: join(folder, 'page.png') }),
      this.#copyLogs(join(folder, 'logs')),
    ]);
    return folder;
  }

  async #copyLogs(target: string): Promise<void> {
    const logs = join(this.#profile, 'data/logs');
    for (const run of await readdir(logs)) await cp(join(logs, run), target, { recursive: true });
  }
}

/** Starts a server and shows the folder in a new page; resolves before the workbench has come up. */
export async function openWorkbench(options: SessionOptions): Promise<WorkbenchSession> {
  const server = await startEditorServer({
    profile: options.profile,
    extensions: options.extensions,
    trustWorkspace: options.trusted,
    // With it on, notifications do not pop up.
    testDriver: options.developmentPath !== undefined,
    ...(options.env && { env: options.env }),
  });
  try {
    const browser = await launchChromium();
    const page = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    const session = new WorkbenchSession(server, browser, page, options.profile);
    for (const [name, binding] of Object.entries(options.bindings ?? {})) {
      await page.exposeFunction(name, binding);
    }
    await page.goto(workbenchUrl(server.origin, options));
    return session;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
