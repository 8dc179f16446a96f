import type { Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '../patience.ts';

/** How long the box may take to open before its key is pressed again. */
const OPEN_MS = 10_000;

/** How long a confirmed box may take to close before it is confirmed again. */
const CLOSE_MS = 3_000;

/** The box at the top in which files, commands and lines are picked. */
export class QuickInput {
  readonly #page: Page;
  readonly #box: Locator;
  readonly #rows: Locator;

  constructor(page: Page) {
    this.#page = page;
    const widget = page.locator('.quick-input-widget');
    this.#box = widget.locator('.quick-input-box input');
    this.#rows = widget.locator('.quick-input-list .monaco-list-row');
  }

  /** Opens the box with a key and picks the first row that is labelled `row` once `text` is entered. */
  async pick(key: string, text: string, row: string): Promise<void> {
    await this.#open(key, text);
    const wanted = this.#rows.filter({ has: this.#page.getByText(row, { exact: true }) }).first();
    await wanted.waitFor();
    // By keyboard: what the editor says about the row in focus covers the ones below.
    while (!(await wanted.evaluate(isInFocus))) await this.#page.keyboard.press('ArrowDown');
    await this.#page.keyboard.press('Enter');
  }

  /** Opens the box with a key, enters a text and confirms it. */
  async confirm(key: string, text: string): Promise<void> {
    await this.#page.keyboard.press(key);
    await this.enter(text);
  }

  /** Enters a text into the open box and confirms it. */
  async enter(text: string): Promise<void> {
    await this.#box.waitFor();
    await this.#box.fill(text);
    // A file box ignores Enter while it is still reading the folder: asked again until it has taken the text.
    for (let attempt = 1; await this.#box.isVisible(); attempt++) {
      await this.#box.press('Enter');
      const closed = this.#box.waitFor({ state: 'hidden', timeout: CLOSE_MS });
      await (attempt * CLOSE_MS < PATIENCE_MS ? closed.catch(() => undefined) : closed);
    }
  }

  /** Enters a path into the open file box, which first proposes one of its own: what is typed before that is lost. */
  async enterPath(path: string): Promise<void> {
    await this.#rows.first().waitFor();
    await this.enter(path);
  }

  /** Opens the box with a key, enters a text, and reads the rows it offers once one of them contains `row`. */
  async read(key: string, text: string, row: string): Promise<readonly string[]> {
    await this.#open(key, text);
    await this.#rows.filter({ hasText: row }).first().waitFor();
    const labels = await this.#labels();
    // Only rows in view are there; more than two pages of them nobody reads.
    await this.#page.keyboard.press('PageDown');
    const more = await this.#labels();
    await this.#page.keyboard.press('Escape');
    await this.#box.waitFor({ state: 'hidden' });
    return [...new Set([...labels, ...more])];
  }

  #labels(): Promise<readonly string[]> {
    return this.#rows.locator('.label-name').allInnerTexts();
  }

  async #open(key: string, text: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      // In the open box, the key may mean another thing.
      if (attempt === 1 || !(await this.#box.isVisible())) await this.#page.keyboard.press(key);
      try {
        await this.#box.fill(text, { timeout: OPEN_MS });
        return;
      } catch (error) {
        // The box closes again when something else, such as a dialog that ends, gives the focus back meanwhile.
        if (attempt * OPEN_MS >= PATIENCE_MS) throw error;
      }
    }
  }
}

/** Runs in the page. */
function isInFocus(row: unknown): boolean {
  return (row as { readonly classList: { contains(name: string): boolean } }).classList.contains('focused');
}
