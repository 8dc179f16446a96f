import { l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Clock } from '../core/ports.ts';
import { internalCommands } from './contributions.ts';
import type { Disposable } from './disposableStore.ts';
import type { IndexOverview } from './indexOverview.ts';
import type { IndexStatusBoard } from './indexStatusBoard.ts';
import { linkedCommands, statusItemText, statusLine, statusTooltip } from './statusText.ts';
import { subscribeCalmly } from './subscribeCalmly.ts';

/** Shows the state of the index, and which models are at work, in the status bar. */
export function createStatusItem(board: IndexStatusBoard, clock: Clock): Disposable {
  const item = window.createStatusBarItem('touchstone.status', StatusBarAlignment.Right);
  item.name = 'Touchstone';
  item.command = internalCommands.showMenu;
  const update = (overview: IndexOverview) => {
    item.text = statusItemText(overview);
    item.tooltip = tooltip(overview);
    item.accessibilityInformation = { label: `Touchstone: ${statusLine(overview, l10n)}`, role: 'button' };
    item.backgroundColor =
      overview.state === 'failed' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  };
  const subscription = subscribeCalmly(board, clock, update);
  item.show();
  return {
    dispose: () => {
      subscription.dispose();
      item.dispose();
    },
  };
}

function tooltip(overview: IndexOverview): MarkdownString {
  const markdown = new MarkdownString(statusTooltip(overview, l10n));
  markdown.isTrusted = { enabledCommands: linkedCommands };
  return markdown;
}
