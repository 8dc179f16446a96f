import { ExtensionMode, type ExtensionContext } from 'vscode';
import { compose, type Touchstone } from './host/compose.ts';

/** What the host tests see of the running extension; installed copies export nothing. */
export interface ExtensionExports {
  readonly testing?: Pick<Touchstone, 'engine' | 'board' | 'evaluation' | 'flushSignals'>;
}

let running: Touchstone | undefined;

export function activate(context: ExtensionContext): ExtensionExports {
  const startedAt = performance.now();
  const touchstone = compose(context);
  running = touchstone;
  // Starting threads and reading folders waits until the editor has its turn.
  setImmediate(() => {
    touchstone.open();
  });
  touchstone.log.info(`Activated in ${(performance.now() - startedAt).toFixed(1)} ms`);
  if (context.extensionMode === ExtensionMode.Production) return {};
  const { engine, board, evaluation, flushSignals } = touchstone;
  return { testing: { engine, board, evaluation, flushSignals } };
}

export async function deactivate(): Promise<void> {
  await running?.close();
  running = undefined;
}
