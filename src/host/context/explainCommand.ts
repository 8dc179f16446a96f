import { EventEmitter, l10n, Uri, window, workspace, type CancellationToken } from 'vscode';
import type { AskOptions } from '../../protocol/engine.ts';
import { abortOnCancel } from '../editor/abortOnCancel.ts';
import { askForText, withProgress } from '../editor/notify.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';
import { commands } from '../editor/contributions.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';
import type { EngineClient } from '../engine/engineClient.ts';

export interface ExplainOptions {
  readonly engine: Pick<EngineClient, 'explain'>;
  /** What a question of the chat would go with. */
  readonly options: () => Promise<AskOptions>;
}

const SCHEME = 'touchstone-explain';
/** One page, replaced by each question. */
const PAGE = Uri.from({ scheme: SCHEME, path: '/search.md' });

/** Shows how the places for a question are found: a page that nobody needs to save. */
export function registerExplain(register: RegisterCommand, { engine, options }: ExplainOptions): Disposable {
  const store = new DisposableStore();
  const changes = store.add(new EventEmitter<Uri>());
  let page = '';
  let question = '';
  store.add(
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changes.event,
      provideTextDocumentContent: () => page,
    }),
  );

  async function run(token: CancellationToken): Promise<void> {
    const abort = abortOnCancel(token);
    try {
      page = await engine.explain(question, await options(), abort.signal);
    } finally {
      abort.dispose();
    }
    changes.fire(PAGE);
    await window.showTextDocument(await workspace.openTextDocument(PAGE), { preview: false });
  }

  store.add(
    register(commands.explainSearch, async () => {
      const typed = await askForText({
        title: l10n.t('Explain Search'),
        prompt: l10n.t('A question as you would ask it in the chat'),
        value: question,
      });
      if (typed === undefined || typed.trim() === '') return;
      question = typed.trim();
      const title = l10n.t('Searching …');
      await withProgress({ title, cancellable: true }, (_, token) => run(token));
    }),
  );
  return store;
}
