import { join } from 'node:path';
import type { Baseline } from '../../evals/baseline/baseline.ts';
import { baselineOf, compareWithBaseline } from '../../evals/baseline/compareWithBaseline.ts';
import { objections } from '../../evals/baseline/objections.ts';
import type { Evaluation } from '../../evals/evaluation.ts';
import { inconclusive } from '../../evals/inconclusive.ts';
import { recipeFor } from '../../core/indexing/recipe.ts';
import { builtInMethod } from '../../engine/workspace/folderStores.ts';
import { evaluateFolder, writeBaseline } from '../../engine/evaluation/evaluationService.ts';
import type { Arguments, Command } from '../arguments.ts';
import { BaselineNotMetError } from '../baselineNotMetError.ts';
import { checkOutputs, refuseLinked } from '../checkOutputs.ts';
import { printEvaluation, progressNotes, writeReports } from '../evalReports.ts';
import { planEvaluation, type EvalPlan } from '../evalPlan.ts';
import { InconclusiveError } from '../inconclusiveError.ts';
import type { Output } from '../output.ts';
import { folderOf, stderrLogger, storeOf } from '../session.ts';

/**
 * `touchstone eval <folder>`: measures search, completion and chat on the folder's own code. Of the store it uses only
 * the place to keep what is finished while it runs. Throws, once everything is written, `InconclusiveError` when a model
 * was not there to be evaluated and `BaselineNotMetError` when the scores do not pass against `--baseline`.
 */
export const evalCommand: Command = async (args, output, signal) => {
  const plan = await planEvaluation(args, process.env);
  const root = await folderOf(args.positionals[0]);
  await checkOutputs(args, plan, root);
  const evaluation = await evaluate(root, args, plan, output, signal);
  const recipe = recipeFor(builtInMethod().id);
  const comparison = plan.baseline && compareWithBaseline(evaluation, plan.baseline, recipe);
  printEvaluation(evaluation, comparison, output);
  await writeReports(args, evaluation, comparison, output, root);
  const problem = inconclusive(evaluation);
  if (problem !== undefined) throw new InconclusiveError(problem);
  await keepBaseline(root, args, baselineOf(evaluation, { wanted: plan.settings.wanted, recipe }), output);
  const reasons = comparison ? objections(comparison, args.ci) : [];
  if (reasons.length > 0) throw new BaselineNotMetError(reasons);
};

async function evaluate(
  root: string,
  args: Arguments,
  { settings, model, runs, parallel, prompts }: EvalPlan,
  output: Output,
  signal: AbortSignal,
): Promise<Evaluation> {
  const { suites, wanted, seed } = settings;
  const options = {
    ...{ suites, cases: wanted, seed, runs, parallel, prompts, model, signal },
    state: join(storeOf(root, args), 'evaluations'),
    fresh: args.fresh,
    // Who names a folder here trusts it.
    isTrusted: true,
    onProgress: progressNotes(args, output, Date.now),
  };
  return evaluateFolder(root, options, stderrLogger(output, args.verbose));
}

async function keepBaseline(
  root: string,
  { baseline: file, updateBaseline }: Arguments,
  baseline: Baseline,
  output: Output,
): Promise<void> {
  if (file === undefined || !updateBaseline) return;
  refuseLinked('the baseline', file, root);
  await writeBaseline(file, baseline);
  output.note(`The baseline is in ${file}. Review what changed before committing it.`);
}
