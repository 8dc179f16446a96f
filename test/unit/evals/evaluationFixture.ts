import { createHash } from 'node:crypto';
import { createCodeChunker } from '../../../src/core/chunking/codeChunker.ts';
import type { Evaluation, EvaluationOptions } from '../../../src/evals/evaluation.ts';
import { runEvaluation } from '../../../src/evals/runEvaluation.ts';
import { SourceFile } from '../../../src/evals/sourceFile.ts';
import { surveyWorkspace, type Workspace } from '../../../src/evals/workspace.ts';
import type { Clock } from '../../../src/core/ports/runtime.ts';
import { wordMethod } from '../../support/wordMethod.ts';
import { systemClock } from '../../../src/core/async/systemClock.ts';
import { MemoryTree } from '../../support/memoryTree.ts';
import { silentLogger } from '../../support/silentLogger.ts';

export type Texts = Readonly<Record<string, string>>;

export const unpaced = (): Promise<void> => Promise.resolve();

export function workspaceOf(texts: Texts): Promise<Workspace> {
  return surveyWorkspace(
    Object.entries(texts).map(([path, text]) => new SourceFile(path, text)),
    unpaced,
  );
}

const STANDING: Clock = { ...systemClock, now: () => 0 };

/** Evaluates files in memory. The stopwatch counts its readings, so that times are the same every time. */
export function evaluate(
  texts: Texts,
  options: Partial<EvaluationOptions> = {},
  clock: Clock = STANDING,
): Promise<Evaluation> {
  let reading = 0;
  return runEvaluation(
    {
      tree: new MemoryTree(texts),
      hash: (bytes) => createHash('sha256').update(bytes).digest('hex'),
      chunker: createCodeChunker(),
      method: wordMethod(),
      clock,
      log: silentLogger,
      stopwatch: () => reading++,
    },
    { workspace: 'fixture', suites: ['retrieval', 'completion'], cases: 40, seed: 1, ...options },
  );
}
