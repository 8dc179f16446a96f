import { commands as editor, window, type Uri } from 'vscode';
import { feedbackReport } from '../../core/signals/feedbackReport.ts';
import { commands } from '../contributions.ts';
import type { Disposable } from '../disposableStore.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import type { ReadOnlyDocuments } from '../readOnlyDocuments.ts';
import { signalsEnabled } from '../settings.ts';
import type { RegisterCommand } from './registerCommand.ts';

export interface FeedbackCommandsOptions {
  readonly engine: EngineClient;
  readonly documents: ReadOnlyDocuments;
  /** Writes out what has been observed but not recorded yet. */
  readonly flush: () => Promise<void>;
  /** Path of the ledger, shown to the user. */
  readonly ledger: string;
}

/** Shows what became of suggestions. */
export function registerFeedbackCommands(
  register: RegisterCommand,
  options: FeedbackCommandsOptions,
): Disposable {
  const { engine, documents, flush, ledger } = options;
  return register(commands.showFeedback, async () => {
    await flush();
    const report = feedbackReport(await engine.feedback(), {
      ledger,
      isRecording: signalsEnabled(),
      formatTime: (at) => new Date(at).toLocaleString(),
    });
    await showMarkdown(documents.write('Feedback.md', report));
  });
}

/** The Markdown preview is an extension of its own, which the user may have switched off. */
async function showMarkdown(uri: Uri): Promise<void> {
  try {
    await editor.executeCommand('markdown.showPreview', uri);
  } catch {
    await window.showTextDocument(uri, { preview: true });
  }
}
