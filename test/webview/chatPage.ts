import type { Page } from 'playwright-core';
import type { ConversationEvent } from '../../src/core/chat/conversation.ts';
import type { ToHost } from '../../src/protocol/chat.ts';
import type { ChatState } from '../../src/webview/chat/chatStore.ts';
import type { Theme } from './themes.ts';
import { ViewBrowser, type OpenOptions, type ViewPage } from './viewPage.ts';

/** Opens the chat view in Chromium. */
export class ChatBrowser {
  readonly #browser: ViewBrowser;

  constructor(browser: ViewBrowser) {
    this.#browser = browser;
  }

  static async launch(): Promise<ChatBrowser> {
    return new ChatBrowser(await ViewBrowser.launch('chat'));
  }

  async open(options?: OpenOptions): Promise<ChatPage> {
    const chat = new ChatPage(await this.#browser.open(options));
    await chat.page.getByRole('textbox').waitFor();
    return chat;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** One chat view. */
export class ChatPage {
  readonly #view: ViewPage;

  constructor(view: ViewPage) {
    this.#view = view;
  }

  get page(): Page {
    return this.#view.page;
  }

  /** Everything on the console and every request that leaves the page. */
  get problems(): string[] {
    return this.#view.problems;
  }

  /** Loads or reloads the view, as the editor does when it is shown again. */
  async load(theme: Theme): Promise<void> {
    await this.#view.load(theme);
    await this.page.getByRole('textbox').waitFor();
  }

  /** Sends any message, valid or not, and waits until what it changes is drawn. */
  async send(message: unknown): Promise<void> {
    await this.#view.send(message);
  }

  async sendState(state: Partial<ChatState>): Promise<void> {
    await this.send({ type: 'snapshot', sequence: 0, messages: [], status: '', ...state });
  }

  /** Tells the view what has happened, and waits until it is drawn. */
  async happen(...events: readonly ConversationEvent[]): Promise<void> {
    await this.call('happen', events);
    await this.#view.settled();
  }

  async append(messageId: string, text: string): Promise<void> {
    await this.happen({ type: 'part', id: messageId, part: { type: 'text', text } });
  }

  /** What the view has posted since it was loaded, without the opening `ready`. */
  async posted(): Promise<readonly ToHost[]> {
    return this.#view.posted<ToHost>();
  }

  /** Calls a function of `fakeEditor.js`. */
  async call<T>(name: string, argument?: unknown): Promise<T> {
    return this.#view.call(name, argument);
  }

  async close(): Promise<void> {
    await this.#view.close();
  }
}
