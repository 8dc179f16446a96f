import { writeFile } from 'node:fs/promises';
import type { BaselineComparison } from '../evals/baseline/compareWithBaseline.ts';
import { junitXml } from '../evals/baseline/junitXml.ts';
import { counted } from '../evals/counted.ts';
import type { Evaluation, EvaluationProgress } from '../evals/evaluation.ts';
import { inconclusive } from '../evals/inconclusive.ts';
import { comparisonText } from '../evals/report/comparison.ts';
import { renderReport } from '../evals/report/renderReport.ts';
import { renderText } from '../evals/report/renderText.ts';
import type { Arguments } from './arguments.ts';
import { refuseLinked, unwritable } from './checkOutputs.ts';
import type { Output } from './output.ts';

/** What an evaluation and its comparison have to say. With `--json` a comparison is one more member of the evaluation. */
export function printEvaluation(
  evaluation: Evaluation,
  comparison: BaselineComparison | undefined,
  output: Output,
): void {
  // When there are too many, the reason is what the command fails with.
  if (inconclusive(evaluation) === undefined) for (const note of errorNotes(evaluation)) output.note(note);
  if (output.json) {
    output.value({ ...evaluation, ...(comparison && { comparison }) });
    for (const remark of remarksOf(evaluation)) output.note(remark);
    return;
  }
  output.line(renderText(evaluation));
  if (comparison) output.line(`\n${comparisonText(comparison)}`);
}

/** The files that were asked for. */
export async function writeReports(
  { report, junit }: Arguments,
  evaluation: Evaluation,
  comparison: BaselineComparison | undefined,
  output: Output,
  root: string,
): Promise<void> {
  if (report !== undefined) {
    await write(report, root, renderReport(evaluation, undefined, comparison));
    output.note(`The report is in ${report}.`);
  }
  if (junit !== undefined) {
    await write(junit, root, junitXml(evaluation, comparison));
    output.note(`The JUnit report is in ${junit}.`);
  }
}

async function write(file: string, root: string, text: string): Promise<void> {
  // The evaluation took a while.
  refuseLinked('the report', file, root);
  try {
    await writeFile(file, text);
  } catch (error) {
    throw unwritable('the report', file, error);
  }
}

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
function remarksOf({ retrieval, completion, chat }: Evaluation): readonly string[] {
  return [retrieval?.remark, completion?.remark, chat?.remark].filter((remark) => typeof remark === 'string');
}

/** The questions that could not be put, when they are too few to matter: each reason once. */
function errorNotes({ chat }: Evaluation): readonly string[] {
  const reasons = Map.groupBy(chat?.errors ?? [], ({ message }) => message);
  return [...reasons].map(([message, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` and ${counted(others.length, 'other')}`;
    return `Not scored: ${first?.id ?? ''}${more}. ${message}`;
  });
}
