import { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import { SegmentBuilder } from '../core/indexing/segmentBuilder.ts';
import { withProblems } from './authored/withProblems.ts';
import { batches } from './batches.ts';
import { drawCompletionCases } from './completionCases.ts';
import { counted } from './counted.ts';
import type { CompletionCase } from './evalCase.ts';
import { ENOUGH_CASES, type SuiteResult } from './evaluation.ts';
import { finishCases } from './finishCases.ts';
import { COMPLETION_METRICS } from './metrics/completionMetrics.ts';
import { COMPLETION_SET_METRICS } from './metrics/completionSetMetrics.ts';
import type { CompletionOutcome } from './outcome.ts';
import { onceNeeded } from '../core/async/onceNeeded.ts';
import { runCompletionCase } from './runCompletion.ts';
import type { SuiteContext } from './suiteContext.ts';
import { createMaskSource } from './sources/maskSource.ts';
import { summarizeOutcomes } from './summary.ts';

const KINDS = {
  'line-start': 'From the start of a line',
  'token-border': 'Between two tokens',
  'inside-identifier': 'Inside a name',
} as const;

/**
 * Hides the rests of lines and has the model complete them. The model learns from every file as it is; of the file
 * being completed it sees the live text only, as in the editor.
 */
export async function completionSuite(context: SuiteContext): Promise<SuiteResult<CompletionOutcome>> {
  const { workspace, seed, pace, stopwatch, syntax } = context;
  const source = createMaskSource(seed);
  const options = { count: context.cases, seed, source };
  const { cases, available, problems } = await drawCompletionCases(workspace, options, pace);
  const model = onceNeeded(() => learn(context));
  const texts = new Map(workspace.files.map(({ path, text }) => [path, text]));
  const { outcomes } = await finishCases<CompletionCase, CompletionOutcome>('completion', cases, context, {
    phase: 'completing',
    run: async (each) => {
      const text = texts.get(each.path) ?? '';
      return { outcome: runCompletionCase(each, { model: await model(), text, stopwatch, syntax }) };
    },
  });
  return {
    outcomes,
    available: { [source.id]: available },
    summary: summarizeOutcomes(
      outcomes,
      COMPLETION_METRICS,
      {
        'Kind of place': ({ kind }) => KINDS[kind],
        Language: ({ language }) => language,
        Folder: ({ folder }) => folder,
      },
      { sets: COMPLETION_SET_METRICS, seed },
    ),
    remark: withProblems(remarkOn(cases.length, context.cases), problems),
  };
}

async function learn({ workspace, pace, report }: SuiteContext): Promise<WorkspaceModel> {
  const model = new WorkspaceModel();
  let done = 0;
  for (const batch of batches(workspace.files)) {
    const builder = new SegmentBuilder();
    for (const { path, text } of batch) {
      builder.addText(path, text, []);
      report('learning', ++done, workspace.files.length);
      await pace();
    }
    const segment = builder.build();
    for (const file of segment.files) {
      model.addFile(segment, file);
      await pace();
    }
  }
  return model;
}

function remarkOn(count: number, wanted: number): string | null {
  if (count >= Math.min(ENOUGH_CASES, wanted)) return null;
  if (count === 0) return 'No line could be hidden: the workspace has too little code outside of tests.';
  return `Only ${counted(count, 'line')} could be hidden in this workspace, so the numbers are rough.`;
}
