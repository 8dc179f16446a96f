import { writeFile } from 'node:fs/promises';
import type { BaselineComparison } from '../evals/baseline/compareWithBaseline.ts';
import { junitXml } from '../evals/baseline/junitXml.ts';
import type { Evaluation } from '../evals/evaluation.ts';
import { inconclusive } from '../evals/inconclusive.ts';
import { comparisonText } from '../evals/report/comparison.ts';
import { renderReport } from '../evals/report/renderReport.ts';
import { renderText } from '../evals/report/renderText.ts';
import type { Arguments } from './arguments.ts';
import { errorNotes, remarksOf } from './evalNotes.ts';
import type { Output } from './output.ts';
import { refuseLinked, unwritable } from './checkOutputs.ts';

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
