import { basename, dirname, join } from 'node:path';
import { readRegularFile } from '../../adapters/durable/regularFile.ts';
import { assertNoLinkBelow, assertOwnFolder } from '../../adapters/durable/ownPlace.ts';
import { FileJournal } from '../../adapters/evals/fileJournal.ts';
import { createNodeFileTree } from '../../adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../../adapters/files/sha256Digest.ts';
import { createGitHistory } from '../../adapters/git/gitHistory.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import { createCodeChunker } from '../../core/chunking/codeChunker.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { PinnedVariants } from '../../core/prompts/fixedPolicy.ts';
import type { Evaluation, EvaluationOptions } from '../../evals/evaluation.ts';
import { inconclusive } from '../../evals/inconclusive.ts';
import { runEvaluation } from '../../evals/runEvaluation.ts';
import type { EvaluationParts } from '../../evals/suiteContext.ts';
import { bracketBalance, type SyntaxCheck } from '../../evals/syntaxCheck.ts';
import type { DiscoverySettings } from '../../protocol/engine.ts';
import { FolderDiscovery } from '../workspace/folderDiscovery.ts';
import { builtInMethod } from '../workspace/folderStores.ts';
import { openSyntaxParser } from '../workspace/openSyntaxParser.ts';
import { type ModelToEvaluate, openEvaluatedModel } from './evaluatedModel.ts';

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
