import { dirname } from 'node:path';
import { atomicWrite } from '../../adapters/durable/atomicWrite.ts';
import { makeFolder } from '../../adapters/durable/makeFolder.ts';
import { readRegularFile } from '../../adapters/durable/regularFile.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import { BaselineUnusableError } from '../../core/errors/evaluationErrors.ts';
import { recipeFor } from '../../core/indexing/recipe.ts';
import { BUILT_IN } from '../../core/models/modelChoice.ts';
import { type Baseline, type BaselineSettings, settingsOf } from '../../evals/baseline/baseline.ts';
import { baselineOf } from '../../evals/baseline/baselineOf.ts';
import { type BaselineComparison, compareWithBaseline } from '../../evals/baseline/compareWithBaseline.ts';
import { formatBaseline } from '../../evals/baseline/formatBaseline.ts';
import { parseBaseline } from '../../evals/baseline/parseBaseline.ts';
import { DEFAULT_SEED, type Evaluation } from '../../evals/evaluation.ts';
import type { PlaceLink } from '../../evals/report/markup.ts';
import { renderReport } from '../../evals/report/renderReport.ts';
import type {
  BaselineUse,
  EvaluationHost,
  EvaluationReport,
  EvaluationService,
  PlaceArguments,
} from '../../protocol/evaluation.ts';
import { createHostLogger } from '../worker/servePort.ts';
import { builtInMethod } from '../workspace/folderStores.ts';
import { checkCases } from './checkCases.ts';
import { evaluateFolder } from './evaluateFolder.ts';
import { throttleReports } from './throttleReports.ts';

/** Evaluates with every suite, or those of the baseline that is compared with, and renders what was found. */
export function createEvaluationService(host: EvaluationHost): EvaluationService {
  const log = createHostLogger(host);
  return {
    async evaluate({ root, isTrusted, discovery, state, cases, linkCommand, baseline: use }) {
      const baseline = await baselineToCompare(use);
      const { suites, wanted, seed } = baseline ? settingsOf(baseline) : settingsFor(cases);
      const onProgress = throttleReports(steadyClock, (progress) => {
        host.evaluationProgress(progress);
      });
      const options = { isTrusted, suites, cases: wanted, seed, state, discovery, onProgress };
      const evaluation = await evaluateFolder(root, options, log);
      const recipe = recipeFor(builtInMethod().id);
      if (use?.action === 'save') await writeBaseline(use.file, baselineOf(evaluation, { wanted, recipe }));
      const comparison = baseline && compareWithBaseline(evaluation, baseline, recipe);
      return toReport(evaluation, comparison, linkCommand);
    },
    checkCases,
  };
}

function settingsFor(cases: number): Pick<BaselineSettings, 'suites' | 'wanted' | 'seed'> {
  return { suites: ['retrieval', 'completion', 'chat'], wanted: cases, seed: DEFAULT_SEED };
}

async function baselineToCompare(use: BaselineUse | undefined): Promise<Baseline | undefined> {
  if (use?.action !== 'compare') return undefined;
  const baseline = await readBaseline(use.file, 'make a new one');
  const { model } = settingsOf(baseline);
  if (model === BUILT_IN) return baseline;
  throw new BaselineUnusableError(
    `${use.file} was made with the answers of ${model}. Compare with it on the command line: touchstone eval --baseline.`,
  );
}

function toReport(
  evaluation: Evaluation,
  comparison: BaselineComparison | undefined,
  linkCommand: string,
): EvaluationReport {
  const suites = [evaluation.retrieval, evaluation.completion, evaluation.chat].filter(
    (suite) => suite !== null,
  );
  return {
    page: renderReport(evaluation, commandLink(linkCommand), comparison),
    html: renderReport(evaluation, undefined, comparison),
    json: JSON.stringify({ ...evaluation, ...(comparison && { comparison }) }),
    cases: suites.reduce((sum, { outcomes }) => sum + outcomes.length, 0),
    remarks: suites.flatMap(({ remark }) => remark ?? []),
  };
}

/** See https://code.visualstudio.com/api/extension-guides/command#command-uris. */
function commandLink(command: string): PlaceLink {
  return ({ path, startLine, endLine }) => {
    const place: PlaceArguments = [path, startLine, endLine];
    return `command:${command}?${encodeURIComponent(JSON.stringify(place))}`;
  };
}

/**
 * Reads a baseline. Throws `BaselineUnusableError` naming the file when it is not there or not in the right form;
 * `remedy` says how to make one.
 */
export async function readBaseline(file: string, remedy: string): Promise<Baseline> {
  const read = parseBaseline(await readText(file, remedy));
  if (!('problem' in read)) return read;
  throw new BaselineUnusableError(`${file} ${read.problem}. Restore it, or ${remedy}.`);
}

/** Writes a baseline so that the file holds either the old one or the new one, whatever happens. */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  try {
    makeFolder(dirname(file));
    await atomicWrite(file, new TextEncoder().encode(formatBaseline(baseline)));
  } catch (error) {
    throw new BaselineUnusableError(`Cannot write the baseline to ${file}. Check the path.`, {
      cause: error,
    });
  }
}

async function readText(file: string, remedy: string): Promise<string> {
  try {
    return (await readRegularFile(file, { followsLink: true })).toString();
  } catch (error) {
    throw new BaselineUnusableError(`Cannot read the baseline ${file}. Check the path, or ${remedy}.`, {
      cause: error,
    });
  }
}
