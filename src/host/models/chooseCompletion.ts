import { l10n, type Memento } from 'vscode';
import { inform } from '../editor/notify.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import { CompletionChoice } from './completionChoice.ts';
import type { ModelBoard } from './modelBoard.ts';

const AGREEMENT = 'touchstone.completion.agreement';

/** Connects the choice of a model for inline suggestions with the settings, the engine and the person. */
export function chooseCompletion(
  models: ModelBoard,
  engine: Pick<EngineClient, 'completeWith'>,
  workspaceState: Memento,
): CompletionChoice {
  return new CompletionChoice({
    resolve: () => models.resolveCompletion(),
    onChange: (listener) => models.subscribe(listener),
    agreed: {
      get: () => workspaceState.get<string>(AGREEMENT),
      set: (value) => workspaceState.update(AGREEMENT, value),
    },
    ask: async ({ model, host }) => {
      const question = l10n.t(
        'To complete code with {0}, the code around the cursor is sent to {1} while you type in this workspace, without what looks like keys. Files for credentials and ignored files are never sent.',
        model,
        host,
      );
      const send = l10n.t('Send Code');
      return (await inform(question, send, l10n.t('Not Now'))) === send;
    },
    use: (model) => {
      engine.completeWith(model);
    },
  });
}
