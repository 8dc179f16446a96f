import type { Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '../patience.ts';
import type { QuickInput } from './quickInput.ts';

/** Ghost text that continues the cursor's line is drawn inside that line, one element for each colour. */
const INLINE_GHOST = '.ghost-text-decoration, .ghost-text-decoration-preview';

/** Its further lines stand in a block of their own between the document's lines. */
const FURTHER_LINES = '.suggest-preview-text .view-line';

/** How long ghost text may take to come before the last character is typed again. */
const RETYPE_MS = 15_000;

/** The active text editor. */
export class Editor {
  readonly #page: Page;
  readonly #quickInput: QuickInput;
  readonly #editor: Locator;
  #lastTyped = '';

  constructor(page: Page, quickInput: QuickInput) {
    this.#page = page;
    this.#quickInput = quickInput;
    this.#editor = page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  async focus(): Promise<void> {
    await this.#editor.locator('.view-lines').waitFor();
    await this.#editor.locator('.native-edit-context, textarea.inputarea').first().focus();
  }

  /**
   * Puts the cursor somewhere and waits until it is there.
   *
   * @param line 1-based
   * @param column 1-based
   */
  async moveTo(line: number, column: number): Promise<void> {
    await this.#quickInput.confirm('Control+G', `:${line}:${column}`);
    await this.#page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
    await this.focus();
  }

  /** Types at the cursor, key by key. */
  async type(text: string): Promise<void> {
    this.#lastTyped = text.slice(-1);
    await this.#page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  /**
   * Waits for ghost text after something was typed, and reads it, all its lines. The editor asks once for each version of
   * a document and drops an answer that comes late, as on a busy machine: then the last character is typed once more.
   */
  async ghostText(): Promise<string> {
    for (let waitedMs = RETYPE_MS; ; waitedMs += RETYPE_MS) {
      try {
        await this.#ghost.first().waitFor({ timeout: RETYPE_MS });
        break;
      } catch (error) {
        if (waitedMs >= PATIENCE_MS) throw error;
        await this.#page.keyboard.press('Backspace');
        await this.#page.keyboard.type(this.#lastTyped);
      }
    }
    const first = await this.#editor.locator(INLINE_GHOST).allTextContents();
    const further = await this.#editor.locator(FURTHER_LINES).allTextContents();
    return plain([first.join(''), ...further].join('\n'));
  }

  /** Whether ghost text is on screen now. */
  hasGhostText(): Promise<boolean> {
    return this.#ghost.first().isVisible();
  }

  async untilNoGhostText(): Promise<void> {
    await this.#ghost.first().waitFor({ state: 'hidden' });
  }

  /** Accepts the whole suggestion. */
  async accept(): Promise<void> {
    await this.#page.keyboard.press('Tab');
    await this.untilNoGhostText();
  }

  /** Accepts the next word of the suggestion. */
  acceptWord(): Promise<void> {
    return this.#page.keyboard.press('ControlOrMeta+ArrowRight');
  }

  async dismiss(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.untilNoGhostText();
  }

  /** The lines on screen, without ghost text. */
  async text(): Promise<string> {
    const lines = await this.#editor.locator('.view-lines > .view-line').evaluateAll(readLines, INLINE_GHOST);
    return plain(lines.join('\n'));
  }

  /** The line the cursor is in, without ghost text. */
  async currentLine(): Promise<string> {
    const numbers = await this.#editor.locator('.margin .line-numbers').allInnerTexts();
    const first = Math.min(...numbers.map(Number).filter((number) => number > 0));
    const { line } = await this.cursor();
    return (await this.text()).split('\n')[line - first] ?? '';
  }

  /** Where the cursor is, from 1; the end of a selection. */
  async cursor(): Promise<{ readonly line: number; readonly column: number }> {
    const text = await this.#page.locator('.statusbar-item', { hasText: /^Ln \d+, Col \d+/ }).innerText();
    const [line = 0, column = 0] = text.match(/\d+/g)?.map(Number) ?? [];
    return { line, column };
  }

  /** How many cursors there are on screen. */
  cursors(): Promise<number> {
    return this.#editor.locator('.cursors-layer .cursor').count();
  }

  /** How many lines on screen an extension has given a background. */
  markedLines(): Promise<number> {
    return this.#editor.locator('.view-overlays .cdr[class*="ced-"]').count();
  }

  /** Absolute path of the file it shows. */
  async path(): Promise<string> {
    return new URL((await this.#editor.getAttribute('data-uri')) ?? '').pathname;
  }

  get #ghost(): Locator {
    return this.#editor.locator(`${INLINE_GHOST}, ${FURTHER_LINES}`);
  }
}

interface Line {
  readonly style: { readonly top: string };
  cloneNode(deep: true): Line;
  querySelectorAll(selector: string): Iterable<{ remove(): void }>;
  readonly textContent: string | null;
}

/** Runs in the page. The editor keeps its lines in no particular order. */
function readLines(elements: readonly unknown[], ghost: string): string[] {
  const lines = (elements as readonly Line[]).map((line) => ({
    line,
    top: Number.parseFloat(line.style.top),
  }));
  return lines
    .sort((a, b) => a.top - b.top)
    .map(({ line }) => {
      const copy = line.cloneNode(true);
      for (const element of copy.querySelectorAll(ghost)) element.remove();
      return copy.textContent ?? '';
    });
}

/** The editor draws spaces as no-break spaces and marks. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u00b7]/g, ' ').replaceAll(/[\u200b-\u200d]/g, '');
}
