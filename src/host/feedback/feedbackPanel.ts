import { commands as editor, l10n, ViewColumn, window, type Uri, type WebviewPanel } from 'vscode';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import { toFeedbackHost, type ToFeedbackHost } from '../../protocol/feedback.ts';
import type { FeedbackState, ToFeedbackView } from '../../protocol/feedbackState.ts';
import { commands, settings } from '../editor/contributions.ts';
import { PageMessages } from '../webview/pageMessages.ts';
import { loadPage } from '../webview/webviewPage.ts';

export interface FeedbackPanelOptions {
  readonly extensionUri: Uri;
  /** What is to be shown now. */
  readonly readState: () => Promise<FeedbackState>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Logger, 'warn' | 'error'>;
}

/** The feedback page: at most one in a window, up to date whenever it comes into view. */
export class FeedbackPanel {
  readonly #options: FeedbackPanelOptions;
  readonly #messages: PageMessages<ToFeedbackHost>;
  #panel: WebviewPanel | undefined;
  /** What a button does takes as long as the dialog that it opens. */
  #isAtWork = false;
  #isReading = false;
  /** Since the last reading began, somebody has asked for another. */
  #isWanted = false;

  constructor(options: FeedbackPanelOptions) {
    this.#options = options;
    const { clock, log } = options;
    this.#messages = new PageMessages({ schema: toFeedbackHost, clock, log, page: 'feedback page' });
  }

  async show(): Promise<void> {
    if (this.#panel) {
      this.#panel.reveal();
      await this.refresh();
    } else {
      this.#panel = this.#open();
    }
  }

  /** Shows what is recorded by now, if the page is open. */
  async refresh(): Promise<void> {
    const panel = this.#panel;
    if (!panel) return;
    const message: ToFeedbackView = { type: 'state', state: await this.#options.readState() };
    if (panel === this.#panel) await panel.webview.postMessage(message);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): WebviewPanel {
    const { extensionUri } = this.#options;
    const title = l10n.t('Touchstone Feedback');
    const panel = window.createWebviewPanel('touchstone.feedback', title, ViewColumn.Active);
    panel.webview.onDidReceiveMessage((data: unknown) => {
      void this.#receive(data);
    });
    panel.onDidChangeViewState(() => {
      if (panel.visible) void this.#tryRefresh();
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    loadPage(panel.webview, extensionUri, { title, name: 'feedback' });
    return panel;
  }

  async #receive(data: unknown): Promise<void> {
    const message = this.#messages.read(data);
    if (!message) return;
    const { type } = message;
    if (type === 'ready' || type === 'refresh') await this.#tryRefresh();
    else if (!this.#isAtWork) {
      this.#isAtWork = true;
      await this.#press(type).finally(() => {
        this.#isAtWork = false;
      });
    }
  }

  async #press(type: Exclude<ToFeedbackHost['type'], 'ready' | 'refresh'>): Promise<void> {
    switch (type) {
      case 'export':
        await editor.executeCommand(commands.exportFeedback);
        break;
      case 'delete':
        await editor.executeCommand(commands.deleteFeedback);
        break;
      case 'openSettings':
        await editor.executeCommand('workbench.action.openSettings', settings.signalsEnabled);
        break;
    }
  }

  /** Reads once at a time, and once more when that was asked for meanwhile: however often a page asks. */
  async #tryRefresh(): Promise<void> {
    this.#isWanted = true;
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#isWanted) {
      this.#isWanted = false;
      try {
        await this.refresh();
      } catch (error) {
        this.#options.log.error('The feedback could not be read', error);
      }
    }
    this.#isReading = false;
  }
}
