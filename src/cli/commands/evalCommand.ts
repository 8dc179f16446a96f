import { writeFile } from 'node:fs/promises';
import { baselineOf } from '../../core/evals/baseline/baselineOf.ts';
import {
  compareWithBaseline,
  type BaselineComparison,
} from '../../core/evals/baseline/compareWithBaseline.ts';
import { junitXml } from '../../core/evals/baseline/junitXml.ts';
import { objections } from '../../core/evals/baseline/objections.ts';
import type { Evaluation } from '../../core/evals/evaluation.ts';
import { comparisonText } from '../../core/evals/report/comparisonText.ts';
import { renderReport } from '../../core/evals/report/renderReport.ts';
import { renderText } from '../../core/evals/report/renderText.ts';
import { recipeFor } from '../../core/indexing/recipe.ts';
import { createHashEmbedder } from '../../core/retrieval/hashEmbedder.ts';
import { evaluateFolder } from '../../engine/evaluateFolder.ts';
import type { Arguments } from '../arguments.ts';
import { writeBaseline } from '../baselineFile.ts';
import { BaselineNotMetError } from '../baselineNotMetError.ts';
import type { Command } from '../command.ts';
import { planEvaluation } from '../evalPlan.ts';
import type { Output } from '../output.ts';
import { folderOf, stderrLogger } from '../session.ts';
import { UsageError } from '../usageError.ts';

/**
 * `touchstone eval <folder>`: measures search and completion on the folder's own code. Uses no store. Throws
 * `BaselineNotMetError`, once everything is written, when the scores do not pass against `--baseline`.
 */
export const evalCommand: Command = async (args, output, signal) => {
  const { settings, baseline } = await planEvaluation(args);
  const { suites, wanted, seed } = settings;
  const root = await folderOf(args.positionals[0]);
  const evaluation = await evaluateFolder(
    root,
    { suites, cases: wanted, seed, signal, onProgress: phaseNotes(args, output) },
    stderrLogger(output, args.verbose),
  );
  const recipe = recipeFor(createHashEmbedder().id);
  const comparison = baseline && compareWithBaseline(evaluation, baseline, recipe);
  print(evaluation, comparison, output);
  await writeReports(args, evaluation, comparison, output);
  if (args.baseline !== undefined && args.updateBaseline) {
    await writeBaseline(args.baseline, baselineOf(evaluation, { wanted, recipe }));
    output.note(`The baseline is in ${args.baseline}. Review what changed before committing it.`);
  }
  const reasons = comparison ? objections(comparison, args.ci) : [];
  if (reasons.length > 0) throw new BaselineNotMetError(reasons);
};

/** With `--json` a comparison is one more member of the evaluation. */
function print(evaluation: Evaluation, comparison: BaselineComparison | undefined, output: Output): void {
  if (output.json) {
    output.value({ ...evaluation, ...(comparison && { comparison }) });
    for (const remark of remarksOf(evaluation)) output.note(remark);
    return;
  }
  output.line(renderText(evaluation));
  if (comparison) output.line(`\n${comparisonText(comparison)}`);
}

async function writeReports(
  { report, junit }: Arguments,
  evaluation: Evaluation,
  comparison: BaselineComparison | undefined,
  output: Output,
): Promise<void> {
  if (report !== undefined) {
    await write(report, renderReport(evaluation, undefined, comparison));
    output.note(`The report is in ${report}.`);
  }
  if (junit !== undefined) {
    await write(junit, junitXml(evaluation, comparison));
    output.note(`The JUnit report is in ${junit}.`);
  }
}

/** With `--verbose`, a line for each part of the work as it begins. */
function phaseNotes({ verbose }: Arguments, output: Output) {
  let last = '';
  return ({ phase, total }: { readonly phase: string; readonly total: number }): void => {
    if (verbose && phase !== last) output.note(`${phase} (${total})`);
    last = phase;
  };
}

function remarksOf({ retrieval, completion }: Evaluation): readonly string[] {
  return [retrieval?.remark, completion?.remark].filter((remark) => typeof remark === 'string');
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`Cannot write the report to ${file}. Check the path.`, { cause: error });
  }
}
