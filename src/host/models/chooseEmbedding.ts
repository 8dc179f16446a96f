import type { Memento } from 'vscode';
import type { IndexStatusBoard } from '../indexStatus/indexStatusBoard.ts';
import { embeddingCache } from '../workspace/workspaceFolders.ts';
import { EmbeddingChoice } from './embeddingChoice.ts';
import type { ModelBoard } from './modelBoard.ts';
import { offerEmbedding } from './offerEmbedding.ts';

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
