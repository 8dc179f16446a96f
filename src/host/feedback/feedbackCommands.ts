import { l10n, type Uri } from 'vscode';
import { systemClock } from '../../core/async/systemClock.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { commands } from '../editor/contributions.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import { exportFeedback } from './exportFeedback.ts';
import { FeedbackPanel } from './feedbackPanel.ts';
import { signalsEnabled } from '../editor/settings.ts';
import { confirm } from '../editor/notify.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';

export interface FeedbackCommandsOptions {
  readonly engine: EngineClient;
  readonly extensionUri: Uri;
  /** Writes out what has been observed but not recorded yet. */
  readonly flush: () => Promise<void>;
  /** Says the last word on all suggestions so far. */
  readonly settle: () => void;
  /** Path of the ledger, shown to the user. */
  readonly ledger: string;
  readonly log: Logger;
}

/** Shows, exports and deletes what was recorded of suggestions and answers. */
export function registerFeedbackCommands(
  register: RegisterCommand,
  options: FeedbackCommandsOptions,
): Disposable {
  const { engine, extensionUri, flush, ledger, log } = options;
  const store = new DisposableStore();
  const panel = store.add(
    new FeedbackPanel({
      extensionUri,
      async readState() {
        await flush();
        return { summary: await engine.feedback(), ledger, isRecording: signalsEnabled() };
      },
      clock: systemClock,
      log,
    }),
  );
  store.add(register(commands.showFeedback, () => panel.show()));
  store.add(
    register(commands.exportFeedback, async () => {
      await flush();
      await exportFeedback(await engine.exportSignals());
    }),
  );
  store.add(
    register(commands.deleteFeedback, async () => {
      if (!(await isDeletionConfirmed(ledger))) return;
      await deleteFeedback(options);
      await panel.refresh();
    }),
  );
  return store;
}

async function isDeletionConfirmed(ledger: string): Promise<boolean> {
  const remove = l10n.t('Delete Feedback');
  const detail = l10n.t(
    'This deletes everything recorded of suggestions and answers, in all folders, from {0}. It cannot be undone.',
    ledger,
  );
  return confirm(l10n.t('Delete the feedback?'), [detail], remove);
}

/** Settles first, so that nothing is recorded later of suggestions offered before. */
async function deleteFeedback({ engine, flush, settle }: FeedbackCommandsOptions): Promise<void> {
  settle();
  await flush();
  await engine.clearSignals();
}
