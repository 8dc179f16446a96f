import { AUTHORED, AUTHORED_LABEL } from './authored/casesOfFile.ts';
import { withProblems } from './authored/withProblems.ts';
import { counted } from './counted.ts';
import type { RetrievalCase } from './evalCase.ts';
import { ENOUGH_CASES, type SuiteResult } from './evaluation.ts';
import { finishCases } from './finishCases.ts';
import { hiddenSearch } from './hiddenSearch.ts';
import { RETRIEVAL_METRICS } from './metrics/retrievalMetrics.ts';
import type { RetrievalOutcome } from './outcome.ts';
import { drawRetrievalCases, RETRIEVAL_SOURCES } from './retrievalCases.ts';
import type { SuiteContext } from './suiteContext.ts';
import { runRetrievalCase } from './runRetrieval.ts';
import { summarizeOutcomes } from './summary.ts';

/** Draws questions, hides what they are made from, indexes the rest and asks. */
export async function retrievalSuite(context: SuiteContext): Promise<SuiteResult<RetrievalOutcome>> {
  const { workspace, pace, stopwatch } = context;
  const { cases, available, problems } = await drawRetrievalCases(
    workspace,
    { count: context.cases, seed: context.seed },
    pace,
  );
  const { search } = hiddenSearch(cases, context, 'indexing');
  const files = new Map(workspace.files.map((file) => [file.path, file]));
  const { outcomes } = await finishCases<RetrievalCase, RetrievalOutcome>('retrieval', cases, context, {
    phase: 'asking',
    run: async (each, abort) => {
      const run = { search: await search(), files, stopwatch, signal: abort };
      return { outcome: await runRetrievalCase(each, run) };
    },
  });
  const label = new Map(RETRIEVAL_SOURCES.map(({ source }) => [source.id, source.label])).set(
    AUTHORED,
    AUTHORED_LABEL,
  );
  return {
    outcomes,
    available,
    summary: summarizeOutcomes(outcomes, RETRIEVAL_METRICS, {
      'Kind of question': ({ source }) => label.get(source) ?? source,
      Language: ({ language }) => language,
      Folder: ({ folder }) => folder,
    }),
    remark: withProblems(remarkOn(cases.length, context.cases), problems),
  };
}

function remarkOn(count: number, wanted: number): string | null {
  if (count >= Math.min(ENOUGH_CASES, wanted)) return null;
  if (count === 0) {
    return 'No question could be made: the workspace has no doc comments, tests or names that suit.';
  }
  return `Only ${counted(count, 'question')} could be made from this workspace, so the numbers are rough: too few doc comments, tests and names suit.`;
}
