import { createPacer } from '../indexing/pacer.ts';
import { completionSuite } from './completionSuite.ts';
import type { Evaluation, EvaluationOptions } from './evaluation.ts';
import { readSources } from './readSources.ts';
import { retrievalSuite } from './retrievalSuite.ts';
import type { EvaluationParts, SuiteContext } from './suiteContext.ts';
import { withoutCopies } from './withoutCopies.ts';
import { surveyWorkspace } from './workspace.ts';

/**
 * Measures search and completion on a workspace's own files. Works on what it reads and builds in memory; no store is
 * read or written. With the same files and seed every number but the times is the same. Lets other work of the thread
 * run in between; rejects with the signal's reason when aborted.
 */
export async function runEvaluation(parts: EvaluationParts, options: EvaluationOptions): Promise<Evaluation> {
  const { cases, seed, suites, signal } = options;
  const startedMs = parts.clock.now();
  const pace = createPacer(parts.clock, signal);
  const report: SuiteContext['report'] = (phase, done, total) => {
    options.onProgress?.({ phase, done, total });
  };
  const read = await readSources(parts, {
    signal,
    onProgress: (done, total) => {
      report('reading', done, total);
    },
  });
  report('choosing', 0, 1);
  const { files, copies } = await withoutCopies(read, pace);
  const workspace = await surveyWorkspace(files, pace);
  const context: SuiteContext = { ...parts, workspace, cases, seed, pace, report, signal };
  const retrieval = suites.includes('retrieval') ? await retrievalSuite(context) : null;
  const completion = suites.includes('completion') ? await completionSuite(context) : null;
  return {
    format: 1,
    workspace: options.workspace,
    seed,
    startedMs,
    elapsedMs: parts.clock.now() - startedMs,
    files: read.length,
    copies,
    retrieval,
    completion,
    chat: null,
  };
}
