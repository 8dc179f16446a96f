import { writeFile } from 'node:fs/promises';
import { DEFAULT_CASES, DEFAULT_SEED, type Evaluation, type Suite } from '../../core/evals/evaluation.ts';
import { renderReport } from '../../core/evals/report/renderReport.ts';
import { renderText } from '../../core/evals/report/renderText.ts';
import { evaluateFolder } from '../../engine/evaluateFolder.ts';
import { wholeNumber, type Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Output } from '../output.ts';
import { folderOf, stderrLogger } from '../session.ts';
import { UsageError } from '../usageError.ts';

const SUITES: Readonly<Record<string, readonly Suite[]>> = {
  retrieval: ['retrieval'],
  completion: ['completion'],
  all: ['retrieval', 'completion'],
};

/** `touchstone eval <folder>`: measures search and completion on the folder's own code. Uses no store. */
export const evalCommand: Command = async (args, output, signal) => {
  const suites = SUITES[args.suite ?? 'all'];
  if (!suites)
    throw new UsageError(`--suite takes ${Object.keys(SUITES).join(', ')}, not '${args.suite ?? ''}'.`);
  const cases = wholeNumber('--cases', args.cases, 1) ?? DEFAULT_CASES;
  const root = await folderOf(args.positionals[0]);
  const evaluation = await evaluateFolder(
    root,
    { suites, cases, seed: args.seed ?? DEFAULT_SEED, signal, onProgress: phaseNotes(args, output) },
    stderrLogger(output, args.verbose),
  );
  if (output.json) output.value(evaluation);
  else output.line(renderText(evaluation));
  if (args.report !== undefined) {
    await write(args.report, renderReport(evaluation));
    output.note(`The report is in ${args.report}.`);
  }
  if (output.json) for (const remark of remarksOf(evaluation)) output.note(remark);
};

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
