import type { CancellationToken } from 'vscode';

/** An `AbortSignal` that follows the editor's token. Dispose it when the work is done. */
export function abortOnCancel(token: CancellationToken): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const subscription = token.onCancellationRequested(() => {
    controller.abort();
  });
  return {
    signal: controller.signal,
    dispose: () => {
      subscription.dispose();
    },
  };
}
