import type { EvaluationProgress } from '../../core/evals/evaluation.ts';
import type { EvaluationReport } from '../../protocol/evaluation.ts';
import type { Translator } from '../chatView/chatNotes.ts';

/** Where each phase begins and ends, in percent of the whole: roughly, on repositories of 700 and of 3,000 files. */
const SHARES: Readonly<Record<EvaluationProgress['phase'], readonly [from: number, to: number]>> = {
  reading: [0, 10],
  choosing: [10, 25],
  indexing: [25, 60],
  asking: [60, 75],
  learning: [75, 95],
  completing: [95, 100],
  answering: [95, 100],
};

/** How much of an evaluation is done, 0…100. */
export function percentDone({ phase, done, total }: EvaluationProgress): number {
  const [from, to] = SHARES[phase];
  return from + (to - from) * (total === 0 ? 1 : done / total);
}

/** What an evaluation is doing. */
export function progressLine(progress: EvaluationProgress, l10n: Translator): string {
  const done = progress.done.toLocaleString('en');
  const total = progress.total.toLocaleString('en');
  switch (progress.phase) {
    case 'reading':
      return l10n.t('Reading {0} of {1} files.', done, total);
    case 'choosing':
      return l10n.t('Choosing questions and lines.');
    case 'indexing':
      return l10n.t('Indexing {0} of {1} files.', done, total);
    case 'asking':
      return l10n.t('Asking question {0} of {1}.', done, total);
    case 'learning':
      return l10n.t('Learning from {0} of {1} files.', done, total);
    case 'completing':
      return l10n.t('Completing line {0} of {1}.', done, total);
    case 'answering':
      return l10n.t('Answering question {0} of {1}.', done, total);
  }
}

/** Why there is little or nothing to measure and what would help; `undefined` when there is enough. */
export function tooLittle(
  folder: string,
  { cases, remarks }: Pick<EvaluationReport, 'cases' | 'remarks'>,
  l10n: Translator,
): string | undefined {
  if (remarks.length === 0) return undefined;
  const found =
    cases === 0
      ? l10n.t('Touchstone found nothing to measure itself by in {0}.', folder)
      : l10n.t('Touchstone found little to measure itself by in {0}.', folder);
  const help = l10n.t(
    'A larger folder would help, and doc comments and tests, which questions are made from.',
  );
  return [found, ...remarks, help].join(' ');
}
