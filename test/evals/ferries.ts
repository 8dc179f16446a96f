import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Evaluation, EvaluationOptions } from '../../src/evals/evaluation.ts';
import { evaluateFolder, type EvaluateFolderOptions } from '../../src/engine/evaluation/evaluationService.ts';
import { silentLogger } from '../support/silentLogger.ts';
import { temporaryFolder } from '../contract/crash/temporaryFolder.ts';

const FERRIES = resolve(import.meta.dirname, 'fixtures/ferries');

/** Of all that the workspace gives, so that no draw depends on which files there are. */
export const CASES = 400;

/**
 * Evaluates on a copy of the small workspace of several languages, away from this repository: its history, which asks
 * questions of its own, is not the workspace's.
 */
export function evaluateFerries(
  options: Pick<EvaluationOptions, 'suites' | 'cases'> & Partial<EvaluateFolderOptions>,
): Promise<Evaluation> {
  const folder = temporaryFolder();
  const root = join(folder, 'ferries');
  cpSync(FERRIES, root, { recursive: true });
  return evaluateFolder(
    root,
    { seed: 1, isTrusted: true, state: join(folder, 'state'), fresh: true, ...options },
    silentLogger,
  );
}
