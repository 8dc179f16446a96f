import type { FrameLocator, Locator, Page } from 'playwright-core';

export interface CitedLines {
  /** Relative to the workspace folder, with `/`. */
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** A path with a line or a range of lines. */
const SOURCE = /^(?<path>.+):(?<start>\d+)(?:–(?<end>\d+))?$/;

/** The extension's chat in the side bar. */
export class ChatView {
  readonly #frame: FrameLocator;
  readonly #runCommand: (title: string) => Promise<void>;

  constructor(page: Page, runCommand: (title: string) => Promise<void>) {
    // A webview is a frame that holds the extension's document in another one.
    this.#frame = page
      .frameLocator('iframe.webview[src*="extensionId=touchstone.touchstone"][src*="purpose=webviewView"]')
      .frameLocator('#active-frame');
    this.#runCommand = runCommand;
  }

  /** Opens the view; resolves when its input can be used. */
  async open(): Promise<void> {
    await this.#runCommand('Touchstone: Open Chat');
    await this.input.waitFor();
  }

  /** For what this page object does not cover. */
  get frame(): FrameLocator {
    return this.#frame;
  }

  get input(): Locator {
    return this.#frame.getByRole('textbox', { name: 'Ask about this code' });
  }

  /** The last answer, finished or not. */
  get answer(): Locator {
    return this.#frame.getByRole('article', { name: 'Touchstone' }).last();
  }

  /** Links to the sources of the last answer. */
  get citations(): Locator {
    return this.answer.getByRole('region', { name: 'Sources' }).getByRole('button');
  }

  /** Asks and waits until the answer has come to its end. */
  async ask(question: string): Promise<void> {
    const answers = this.#frame.getByRole('article', { name: 'Touchstone' });
    const before = await answers.count();
    await this.input.fill(question);
    await this.input.press('Enter');
    await answers.nth(before).waitFor();
    await this.#frame.getByRole('button', { name: 'Send' }).waitFor();
  }

  /** Elements that are wider than the view, code aside, which scrolls. */
  overflowing(): Promise<readonly string[]> {
    return this.#frame.locator('body').evaluate(findOverflowing);
  }

  /** Goes back to the start of the conversation. */
  async scrollToStart(): Promise<void> {
    await this.#frame.locator('.message').first().scrollIntoViewIfNeeded();
  }

  /** The text of the last answer, without its list of sources. */
  answerText(): Promise<string> {
    return this.answer.locator('.answer').innerText();
  }

  /**
   * What a source of the last answer names.
   *
   * @param number as the answer cites it, from 1
   */
  async citation(number: number): Promise<CitedLines> {
    const title = (await this.citations.nth(number - 1).getAttribute('title')) ?? '';
    const { path = '', start = '', end = start } = SOURCE.exec(title)?.groups ?? {};
    return { path, startLine: Number(start), endLine: Number(end) };
  }

  /**
   * Follows a source of the last answer.
   *
   * @param number as the answer cites it, from 1
   */
  async openCitation(number: number): Promise<void> {
    await this.citations.nth(number - 1).click();
  }
}

interface Box {
  readonly className: string;
  getBoundingClientRect(): { readonly left: number; readonly right: number };
  closest(selector: string): unknown;
}

interface Body {
  readonly clientWidth: number;
  querySelectorAll(selector: string): Iterable<Box>;
}

/** Runs in the page. */
function findOverflowing(body: unknown): string[] {
  const page = body as Body;
  return [...page.querySelectorAll('*')]
    .filter((element) => element.closest('pre, .table, .unseen, svg') === null)
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < 0 || right > page.clientWidth + 1;
    })
    .map(({ className }) => className);
}
