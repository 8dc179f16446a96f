import { basename } from 'node:path';
import { systemClock } from '../core/systemClock.ts';
import { createNodeFileTree } from '../adapters/files/nodeFileTree.ts';
import { sha256Digest } from '../adapters/files/sha256Digest.ts';
import type { Evaluation, EvaluationOptions } from '../core/evals/evaluation.ts';
import { runEvaluation } from '../core/evals/runEvaluation.ts';
import type { Logger } from '../core/ports.ts';
import { createHashEmbedder } from '../core/retrieval/hashEmbedder.ts';

/**
 * Measures Touchstone on the files of one folder, given by its absolute path. Needs no store and leaves none behind.
 * Takes seconds of CPU in slices, so a worker can go on answering and can cancel through `options.signal`.
 */
export async function evaluateFolder(
  root: string,
  options: Omit<EvaluationOptions, 'workspace'>,
  log: Logger,
): Promise<Evaluation> {
  const parts = {
    tree: await createNodeFileTree(root),
    hash: sha256Digest,
    embedder: createHashEmbedder(),
    clock: systemClock,
    log,
    stopwatch: () => performance.now(),
  };
  return runEvaluation(parts, { ...options, workspace: basename(root) });
}
