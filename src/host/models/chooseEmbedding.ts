import { l10n, type Memento } from 'vscode';
import { inform } from '../editor/notify.ts';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import { embeddingCache } from '../workspace/workspaceFolders.ts';
import { EmbeddingChoice, type EmbeddingOffer } from './embeddingChoice.ts';
import type { ModelBoard } from './modelBoard.ts';

const AGREEMENT = 'touchstone.embedding.agreement';

/** Connects the choice of a model for vectors with the settings, the index and the person. */
export function chooseEmbedding(
  models: ModelBoard,
  board: IndexStatusBoard,
  workspaceState: Memento,
): EmbeddingChoice {
  return new EmbeddingChoice({
    resolve: () => models.resolveEmbedding(),
    onChange: (listener) => models.subscribe(listener),
    board,
    agreed: {
      get: () => workspaceState.get<string>(AGREEMENT),
      set: (value) => workspaceState.update(AGREEMENT, value),
    },
    ask: offerEmbedding,
    cache: embeddingCache(),
  });
}

/** Asks before code of the workspace is sent to be turned into vectors. */
async function offerEmbedding({ model, host, tokens, cost }: EmbeddingOffer): Promise<boolean> {
  const size = tokens.toLocaleString('en', { notation: 'compact', maximumSignificantDigits: 2 });
  const price =
    cost === null
      ? l10n.t('What it costs is not known here.')
      : l10n.t('That costs about ${0}.', cost.toFixed(cost < 0.1 ? 3 : 2));
  const question = l10n.t(
    'To search by meaning with {0}, the code of this workspace is sent to {1}: about {2} tokens now, and later what changes. {3}',
    model,
    host,
    size,
    price,
  );
  const send = l10n.t('Send Code');
  return (await inform(question, send, l10n.t('Not Now'))) === send;
}
