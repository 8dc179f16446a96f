import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { ChatView } from './chatView.ts';
import { Editor } from './editor.ts';
import { OUTPUT } from './output.ts';
import { QuickInput } from './quickInput.ts';
import type { WorkbenchSession } from './workbenchSession.ts';

/** What the extension's entry in the status bar says when there is an index. */
const READY = /^Touchstone: [\d,]+ files? indexed/;

/** Thousands of files, on a machine that may have other work. */
const INDEXING_MS = 600_000;

/** The window of VS Code as its user sees it. Everything waits for what it needs; nothing sleeps. */
export class Workbench {
  /** For what the page objects do not cover. */
  readonly page: Page;
  readonly editor: Editor;
  readonly chat: ChatView;
  readonly #session: WorkbenchSession;
  readonly #quickInput: QuickInput;
  readonly #cleanUp: () => Promise<void>;

  constructor(session: WorkbenchSession, cleanUp: () => Promise<void>) {
    this.#session = session;
    this.#cleanUp = cleanUp;
    this.page = session.page;
    this.#quickInput = new QuickInput(session.page);
    this.editor = new Editor(session.page, this.#quickInput);
    this.chat = new ChatView(session.page, (title) => this.runCommand(title));
  }

  /** Resolves when the workbench is up and the extension has been activated. */
  async untilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.#status.waitFor();
  }

  /**
   * Opens a file and puts the focus into it.
   *
   * @param path relative to the workspace folder, with `/`
   */
  async openFile(path: string): Promise<Editor> {
    const name = path.split('/').at(-1) ?? path;
    await this.#quickInput.pick('ControlOrMeta+P', path, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.editor.focus();
    return this.editor;
  }

  /**
   * Runs a command by its full title, category included, as the palette lists it.
   *
   * @param title such as `Touchstone: Open Chat`
   */
  runCommand(title: string): Promise<void> {
    return this.#quickInput.pick('F1', `>${title}`, title);
  }

  /** Enters a text into the box at the top that a command has opened, and confirms it. */
  enter(text: string): Promise<void> {
    return this.#quickInput.enter(text);
  }

  /** Enters an absolute path into the file box that a command has opened, and confirms it. */
  enterPath(path: string): Promise<void> {
    return this.#quickInput.enterPath(path);
  }

  /** @param name as the editor lists it, such as `Light Modern` */
  async chooseTheme(name: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.enter(name);
  }

  /** Titles of the commands of the extension that the palette offers now. */
  async offeredCommands(): Promise<readonly string[]> {
    const titles = await this.#quickInput.read('F1', '>Touchstone: ', 'Touchstone: Show Log');
    return titles.filter((title) => title.startsWith('Touchstone: '));
  }

  /** What the extension says in the status bar, in the words that screen readers get. */
  async status(): Promise<string> {
    return (await this.#status.getAttribute('aria-label')) ?? '';
  }

  /** Waits until the index can be used. */
  async untilIndexed(): Promise<void> {
    await this.page.getByRole('button', { name: READY }).waitFor({ timeout: INDEXING_MS });
  }

  /** Shows what the extension's entry in the status bar has to say, by pointing at it. */
  async hoverStatus(): Promise<Locator> {
    await this.#status.hover();
    const hover = this.page.locator('.workbench-hover-container:visible', { hasText: /built-in/i });
    await hover.waitFor();
    return hover;
  }

  /** Takes an entry out of the status bar, by its name in the bar's menu. */
  async hideStatusBarEntry(name: string): Promise<void> {
    await this.page.locator('.part.statusbar').click({ button: 'right', position: { x: 400, y: 10 } });
    // A click that follows the opening of a menu at once is taken for its end.
    const item = this.page.getByRole('menuitemcheckbox', { name });
    await item.hover();
    await this.page.locator('.action-item.focused').filter({ has: item }).waitFor();
    await this.page.keyboard.press('Enter');
    await item.waitFor({ state: 'hidden' });
  }

  /** What the feedback page shows. */
  get feedbackPage(): FrameLocator {
    return this.#editorPage;
  }

  /** The report of an evaluation. */
  get evaluationPage(): FrameLocator {
    return this.#editorPage;
  }

  /** The extension's only page in the editor area. */
  get #editorPage(): FrameLocator {
    return this.page
      .frameLocator(
        'iframe.webview[src*="extensionId=touchstone.touchstone"]:not([src*="purpose=webviewView"])',
      )
      .frameLocator('#active-frame');
  }

  /** Waits for a question that must be answered first, and answers it with the button of that name. */
  async answerDialog(button: string): Promise<void> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** The open panel below the editors. */
  get panel(): Locator {
    return this.page.locator('.part.panel');
  }

  /**
   * Drags the border of the secondary side bar.
   *
   * @param width CSS pixels; the editor rounds it and has a least one
   */
  async resizeSecondarySideBar(width: number): Promise<void> {
    const box = await this.page.locator('.part.auxiliarybar').boundingBox();
    if (!box) throw new Error('The secondary side bar is hidden');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x - 2, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width - width, y, { steps: 4 });
    await this.page.mouse.up();
    // The border is lit while the pointer is near it.
    await this.page.mouse.move(0, 0);
    await this.page.locator('.monaco-sash.hover').waitFor({ state: 'hidden' });
  }

  /** An entry of the status bar, by the text it shows. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /** Messages of the notifications on screen. */
  notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Waits for a notification that contains a text. */
  async untilNotified(text: string | RegExp): Promise<Locator> {
    const toast = this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
    await toast.first().waitFor();
    return toast.first();
  }

  /** @returns path of the picture, below test/e2e/output */
  async screenshot(name: string): Promise<string> {
    await mkdir(OUTPUT, { recursive: true });
    const path = join(OUTPUT, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  /** Keeps what explains a failure; see `WorkbenchSession.saveEvidence`. */
  saveEvidence(name: string): Promise<string> {
    return this.#session.saveEvidence(name);
  }

  /** Opens the same folder in a second window; closing it is closing its page. */
  async openWindow(): Promise<Workbench> {
    const window = new Workbench(await this.#session.openPage(), () => Promise.resolve());
    await window.untilReady();
    return window;
  }

  /** Shows the page anew, as when a window is reloaded. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.untilReady();
  }

  get #status(): Locator {
    return this.page.locator('.statusbar-item [aria-label^="Touchstone: "]');
  }

  async close(): Promise<void> {
    await this.#session.close();
    await this.#cleanUp();
  }
}
