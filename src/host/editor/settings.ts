import { workspace, type Disposable, type TextDocument } from 'vscode';
import { settings } from './contributions.ts';

/** May inline suggestions be shown in this document? Set for all languages or for one. */
export function completionsEnabled(document: TextDocument): boolean {
  return workspace.getConfiguration(undefined, document).get(settings.completionsEnabled, true);
}

/** May what becomes of suggestions be recorded? */
export function signalsEnabled(): boolean {
  return workspace.getConfiguration().get(settings.signalsEnabled, true);
}

export function onSignalsEnabledChanged(listener: (enabled: boolean) => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(settings.signalsEnabled)) listener(signalsEnabled());
  });
}
