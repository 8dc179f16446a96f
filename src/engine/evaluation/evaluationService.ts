import { readNamedFile } from '../workspace/namedFile.ts';
import { basename, dirname, join } from 'node:path';
import { atomicWrite } from '../../adapters/durable/atomicWrite.ts';
import { makeFolder } from '../../adapters/durable/makeFolder.ts';
import { assertNoLinkBelow, assertOwnFolder } from '../../adapters/durable/ownPlace.ts';
import { readRegularFile } from '../../adapters/durable/regularFile.ts';
import { FileJournal } from '../../adapters/evals/fileJournal.ts';
import { createNodeFileTree } from '../../adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../../adapters/files/sha256Digest.ts';
import { createGitHistory } from '../../adapters/git/gitHistory.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import { createCodeChunker } from '../../core/chunking/codeChunker.ts';
import { BaselineUnusableError } from '../../core/errors/evaluationErrors.ts';
import { recipeFor } from '../../core/indexing/recipe.ts';
import { BUILT_IN } from '../../core/models/modelChoice.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { PinnedVariants } from '../../core/prompts/fixedPolicy.ts';
import { type Baseline, type BaselineSettings, settingsOf } from '../../evals/baseline/baseline.ts';
import {
  type BaselineComparison,
  baselineOf,
  compareWithBaseline,
} from '../../evals/baseline/compareWithBaseline.ts';
import { formatBaseline } from '../../evals/baseline/formatBaseline.ts';
import { parseBaseline } from '../../evals/baseline/parseBaseline.ts';
import { DEFAULT_SEED, type Evaluation, type EvaluationOptions } from '../../evals/evaluation.ts';
import { inconclusive } from '../../evals/inconclusive.ts';
import type { PlaceLink } from '../../evals/report/markup.ts';
import { renderReport } from '../../evals/report/renderReport.ts';
import { runEvaluation } from '../../evals/runEvaluation.ts';
import type { EvaluationParts } from '../../evals/suiteContext.ts';
import { bracketBalance, type SyntaxCheck } from '../../evals/syntaxCheck.ts';
import type { DiscoverySettings } from '../../protocol/engine.ts';
import type {
  BaselineUse,
  EvaluationHost,
  EvaluationReport,
  EvaluationService,
  PlaceArguments,
} from '../../protocol/evaluation.ts';
import { createHostLogger } from '../worker/servePort.ts';
import { builtInMethod } from '../workspace/folderStores.ts';
import { FolderDiscovery } from '../workspace/folderDiscovery.ts';
import { openSyntaxParser } from '../workspace/openSyntaxParser.ts';
import { checkCases } from './checkCases.ts';
import { type ModelToEvaluate, openEvaluatedModel } from './evaluatedModel.ts';
import { throttleReports } from './throttleReports.ts';

/** Evaluates with every suite, or those of the baseline that is compared with, and renders what was found. */
export function createEvaluationService(host: EvaluationHost): EvaluationService {
  const log = createHostLogger(host);
  return {
    ping: () => Promise.resolve(),

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
    return new TextDecoder().decode(await readNamedFile(file));
  } catch (error) {
    throw new BaselineUnusableError(`Cannot read the baseline ${file}. Check the path, or ${remedy}.`, {
      cause: error,
    });
  }
}

export interface EvaluateFolderOptions extends Omit<EvaluationOptions, 'workspace'> {
  /** The folder that keeps what is finished while an evaluation runs, and recorded answers of models. */
  readonly state: string;
  /** Starts over, whatever an interrupted evaluation has finished. */
  readonly fresh?: boolean | undefined;
  /** Whether the user trusts the folder. Only then its git is asked for the changes that questions are made from. */
  readonly isTrusted: boolean;
  /** What the settings leave out; nothing unless given. */
  readonly discovery?: DiscoverySettings | undefined;
  /** Which wordings of prompts are measured; the defaults unless given. */
  readonly prompts?: PinnedVariants | undefined;
  /** The built-in answers are evaluated when absent. */
  readonly model?: ModelToEvaluate | undefined;
}

/**
 * Measures Touchstone on the files of one folder, given by its absolute path. Works on an index of its own in memory.
 * Goes on where the same evaluation was interrupted, by whatever. Takes seconds of CPU in slices, so a worker can go on
 * answering and can cancel through `options.signal`.
 */
export async function evaluateFolder(
  root: string,
  { state, isTrusted, fresh = false, model: wanted, prompts, discovery, ...options }: EvaluateFolderOptions,
  log: Logger,
): Promise<Evaluation> {
  assertNoLinkBelow(root, state);
  assertOwnFolder(dirname(state), [basename(state)]);
  const journal = await FileJournal.open(join(state, 'journal.jsonl'));
  if (fresh) await journal.clear();
  const opened = wanted && (await openEvaluatedModel(wanted, { root, state }, log));
  const parser = await openSyntaxParser(log);
  try {
    const parts: EvaluationParts = {
      tree: await createNodeFileTree(root),
      discovery: await new FolderDiscovery(root, discovery).options(),
      history: isTrusted ? createGitHistory(root) : undefined,
      hash: sha256Digest,
      chunker: createCodeChunker(parser),
      syntax: parser && orElse(parser, bracketBalance),
      method: builtInMethod(),
      clock: steadyClock,
      log,
      stopwatch: () => performance.now(),
      model: opened?.model,
      prompts,
      journal: { cases: journal, program: await programDigest() },
    };
    const evaluation = await runEvaluation(parts, { ...options, workspace: basename(root) });
    // What is whole needs no continuing: the same command measures anew.
    if (inconclusive(evaluation) === undefined) await journal.clear();
    return evaluation;
  } finally {
    await opened?.close();
  }
}

/** Asks the second where the first cannot tell. */
function orElse(first: SyntaxCheck, second: SyntaxCheck): SyntaxCheck {
  return {
    isWellFormed: (path, text) => first.isWellFormed(path, text) ?? second.isWellFormed(path, text),
  };
}

/** Identifies the build that is running, by the content of the bundle that this file is part of. */
async function programDigest(): Promise<string> {
  return sha256Digest(await readRegularFile(import.meta.filename, { followsLink: true }));
}
