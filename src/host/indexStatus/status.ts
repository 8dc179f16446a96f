import { l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Clock } from '../../core/ports/runtime.ts';
import { internalCommands } from '../editor/contributions.ts';
import type { Disposable } from '../editor/disposableStore.ts';
import type { ModelBoard } from '../models/modelBoard.ts';
import { modelLine } from '../models/modelText.ts';
import { subscribeDebounced } from '../workspace/subscribeDebounced.ts';
import type { IndexOverview } from './indexOverview.ts';
import type { IndexStatusBoard } from './indexStatusBoard.ts';
import { linkedCommands, statusItemText, statusLine, statusTooltip } from './statusText.ts';

/** Shows the state of the index, and which models are at work, in the status bar. */
export function createStatusItem(board: IndexStatusBoard, models: ModelBoard, clock: Clock): Disposable {
  const item = window.createStatusBarItem('touchstone.status', StatusBarAlignment.Right);
  item.name = 'Touchstone';
  item.command = internalCommands.showMenu;
  let shown = board.overview;
  const update = (overview: IndexOverview) => {
    shown = overview;
    item.text = statusItemText(overview);
    item.tooltip = tooltip(overview, modelLine(models.status, l10n, models.completion));
    item.accessibilityInformation = { label: `Touchstone: ${statusLine(overview, l10n)}`, role: 'button' };
    item.backgroundColor =
      overview.state === 'failed' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  };
  const subscription = subscribeDebounced(board, clock, update);
  const modelSubscription = models.subscribe(() => {
    update(shown);
  });
  item.show();
  return {
    dispose: () => {
      subscription.dispose();
      modelSubscription.dispose();
      item.dispose();
    },
  };
}

function tooltip(overview: IndexOverview, models: string): MarkdownString {
  const markdown = new MarkdownString(statusTooltip(overview, models, l10n));
  markdown.isTrusted = { enabledCommands: linkedCommands };
  return markdown;
}
