import { l10n, ProgressLocation, window } from 'vscode';
import type { EvaluationReport, EvaluationRequest } from '../../protocol/evaluation.ts';
import { evaluateInWorker, type EvaluateOptions } from '../engine/evaluateInWorker.ts';
import { percentDone, progressLine } from './evaluationText.ts';

/** Evaluates while a notification says how far it is; its button aborts. */
export async function evaluateWithProgress(
  title: string,
  request: EvaluationRequest,
  { abort, start, log }: Pick<EvaluateOptions, 'start' | 'log'> & { readonly abort: AbortController },
): Promise<EvaluationReport> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const subscription = token.onCancellationRequested(() => {
        abort.abort();
      });
      // The bar grows by steps, so each report is the difference to the last.
      let shown = 0;
      try {
        return await evaluateInWorker(request, {
          start,
          log,
          signal: abort.signal,
          onProgress: (each) => {
            const percent = percentDone(each);
            progress.report({ message: progressLine(each, l10n), increment: percent - shown });
            shown = percent;
          },
        });
      } finally {
        subscription.dispose();
      }
    },
  );
}
