import { counted } from '../evals/counted.ts';
import type { Evaluation, EvaluationProgress } from '../evals/evaluation.ts';
import type { Arguments } from './arguments.ts';
import type { Output } from './output.ts';

/** Whoever waits longer than this wants to know for how much longer. */
const NOTE_EVERY_MS = 5_000;

/** Says now and then how far an evaluation is; with `--verbose` also when each part of the work begins. */
export function progressNotes(
  { verbose }: Pick<Arguments, 'verbose'>,
  output: Pick<Output, 'note'>,
  now: () => number,
): (progress: EvaluationProgress) => void {
  let phase = '';
  let notedAt = now();
  return (progress) => {
    const { done, total, remainingMs } = progress;
    if (verbose && progress.phase !== phase) output.note(`${progress.phase} (${total})`);
    phase = progress.phase;
    if (now() - notedAt < NOTE_EVERY_MS) return;
    notedAt = now();
    const left = remainingMs === null ? '' : `, about ${Math.ceil(remainingMs / 1000)} s left`;
    output.note(`${phase}: ${done} of ${total}${left}`);
  };
}

/** What limits what the numbers say. */
export function remarksOf({ retrieval, completion, chat }: Evaluation): readonly string[] {
  return [retrieval?.remark, completion?.remark, chat?.remark].filter((remark) => typeof remark === 'string');
}

/** The questions that could not be put, when they are too few to matter: each reason once. */
export function errorNotes({ chat }: Evaluation): readonly string[] {
  const reasons = Map.groupBy(chat?.errors ?? [], ({ message }) => message);
  return [...reasons].map(([message, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` and ${counted(others.length, 'other')}`;
    return `Not scored: ${first?.id ?? ''}${more}. ${message}`;
  });
}
