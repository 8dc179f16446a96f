import { l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import { internalCommands, panels } from '../editor/contributions.ts';
import type { FolderEvaluation } from './folderEvaluation.ts';

/**
 * The page that shows a report: at most one in a window. It runs no scripts, loads nothing, and its links can do one
 * thing, which is to open a place in the code.
 */
export class EvaluationPanel {
  #panel: WebviewPanel | undefined;

  show({ name, report }: FolderEvaluation): void {
    this.#panel ??= this.#open();
    this.#panel.title = l10n.t('Evaluation of {0}', name);
    this.#panel.webview.html = report.page;
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): WebviewPanel {
    const panel = window.createWebviewPanel(panels.evaluation, '', ViewColumn.Active, {
      enableScripts: false,
      enableCommandUris: [internalCommands.openEvaluatedPlace],
      localResourceRoots: [],
      enableFindWidget: true,
      // Coming back from a place in the code, one wants to go on where one was.
      retainContextWhenHidden: true,
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }
}
