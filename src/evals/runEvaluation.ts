import { createTimeSlice } from '../core/async/timeSlice.ts';
import { fixedPolicy } from '../core/prompts/fixedPolicy.ts';
import type { Commit, History } from '../core/ports/history.ts';
import { chatSuite } from './chatSuite.ts';
import { completionSuite } from './completionSuite.ts';
import { DEFAULT_PARALLEL, type Evaluation, type EvaluationOptions } from './evaluation.ts';
import { createProgressReporter } from './progressReporter.ts';
import { readSources } from './readSources.ts';
import { retrievalSuite } from './retrievalSuite.ts';
import { runIdentity } from './runIdentity.ts';
import type { SourceFile } from './sourceFile.ts';
import type { EvaluationParts, SuiteContext } from './suiteContext.ts';
import { withoutCopies } from './withoutCopies.ts';
import { surveyWorkspace } from './workspace.ts';

/**
 * Measures search, completion and chat on a workspace's own files. Works on what it reads and builds in memory; no store is
 * read or written. With the same files and seed every number but the times is the same. Lets other work of the thread
 * run in between; rejects with the signal's reason when aborted.
 */
export async function runEvaluation(parts: EvaluationParts, options: EvaluationOptions): Promise<Evaluation> {
  const { suites, signal, onProgress = () => undefined } = options;
  const startedMs = parts.clock.now();
  const pace = createTimeSlice(signal);
  const report = createProgressReporter(parts.clock, onProgress);
  const read = await readSources(parts, {
    signal,
    ...parts.discovery,
    onProgress: (done, total) => {
      report('reading', done, total);
    },
  });
  report('choosing', 0, 1);
  const { files, copies } = await withoutCopies(read, pace);
  const commits = suites.includes('retrieval') ? await readCommits(parts.history, signal) : [];
  const workspace = await surveyWorkspace(files, pace, commits);
  const context = contextOf(parts, options, { workspace, files, pace, report });
  const retrieval = suites.includes('retrieval') ? await retrievalSuite(context) : null;
  const completion = suites.includes('completion') ? await completionSuite(context) : null;
  const chat = suites.includes('chat') ? await chatSuite(context) : null;
  return {
    format: 1,
    workspace: options.workspace,
    seed: options.seed,
    startedMs,
    elapsedMs: parts.clock.now() - startedMs,
    files: read.length,
    copies,
    retrieval,
    completion,
    chat,
  };
}

function contextOf(
  { journal, prompts, ...parts }: EvaluationParts,
  { cases, seed, signal, runs = 1, parallel = DEFAULT_PARALLEL }: EvaluationOptions,
  {
    files,
    ...made
  }: Pick<SuiteContext, 'workspace' | 'pace' | 'report'> & { readonly files: readonly SourceFile[] },
): SuiteContext {
  const { prompt } = fixedPolicy(prompts).choose({ prompt: 'chat.answer' });
  const { program = '' } = journal ?? {};
  const identity = runIdentity(files, { ...parts, program, prompt, cases, seed, runs });
  return {
    ...parts,
    ...made,
    ...{ prompt, cases, seed, runs, parallel, signal },
    journal: journal && { cases: journal.cases, identity },
  };
}

/** Enough for more questions than anybody asks, and read in about a second. */
const MAX_COMMITS = 5_000;
/** A commit of more files is a sweep over everything. */
const MAX_PATHS = 40;

/** The newest commits of a workspace that change few files at a time. */
export async function readCommits(
  history: History | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly Commit[]> {
  const commits: Commit[] = [];
  if (!history) return commits;
  let seen = 0;
  for await (const commit of history.commits(signal)) {
    if (commit.paths.length <= MAX_PATHS) commits.push(commit);
    if (++seen >= MAX_COMMITS) break;
  }
  return commits;
}
