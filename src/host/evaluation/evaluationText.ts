import type { EvaluationProgress } from '../../evals/evaluation.ts';
import type { EvaluationReport } from '../../protocol/evaluation.ts';
import type { Translator } from '../chat/chatNotes.ts';

/** Where each phase begins and ends, in percent of the whole: roughly, on a repository of 3,000 files. */
const SHARES: Readonly<Record<EvaluationProgress['phase'], readonly [from: number, to: number]>> = {
  reading: [0, 8],
  choosing: [8, 18],
  indexing: [18, 42],
  asking: [42, 50],
  learning: [50, 66],
  completing: [66, 70],
  preparing: [70, 94],
  answering: [94, 100],
};

/** Shorter waits need no words. */
const SHORT_MS = 10_000;

/** How much of an evaluation is done, 0…100. */
export function percentDone({
  phase,
  done,
  total,
}: Pick<EvaluationProgress, 'phase' | 'done' | 'total'>): number {
  const [from, to] = SHARES[phase];
  return from + (to - from) * (total === 0 ? 1 : done / total);
}

/** What an evaluation is doing, and for how much longer when that is worth knowing. */
export function progressLine(progress: EvaluationProgress, l10n: Translator): string {
  const { remainingMs } = progress;
  const line = stepLine(progress, l10n);
  if (remainingMs === null || remainingMs < SHORT_MS) return line;
  const minutes = Math.round(remainingMs / 60_000);
  return minutes === 0
    ? l10n.t('{0} Less than a minute left.', line)
    : l10n.t('{0} About {1} min left.', line, minutes);
}

function stepLine(progress: EvaluationProgress, l10n: Translator): string {
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
    case 'preparing':
      return l10n.t('Indexing {0} of {1} files for the chat.', done, total);
    case 'answering':
      return l10n.t('Answering question {0} of {1}.', done, total);
  }
}

const MAX_NAME = 60;

/** The name of a folder, which a workspace file may choose freely, as a part of a file's name: letters, digits, `.`, `_`, `-`. */
export function asFileName(name: string): string {
  const safe = name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-');
  const short = safe.replace(/\.{2,}/g, '.').slice(0, MAX_NAME);
  // A half of a pair may be left at its end.
  return (
    short
      .toWellFormed()
      .replace(/\uFFFD/g, '')
      .replace(/^[.-]+|[.-]+$/g, '') || 'folder'
  );
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
