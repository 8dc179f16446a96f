import { BUILT_IN } from '../core/models/modelChoice.ts';
import { promptName } from '../core/shared/provenance.ts';
import { AUTHORED, AUTHORED_LABEL } from './authored/casesOfFile.ts';
import { withProblems } from './authored/caseProblem.ts';
import { chatSources, drawChatCases } from './chatCases.ts';
import { type ChatTrialParts, runChatTrial } from './chatTrial.ts';
import { counted } from './counted.ts';
import type { ChatCase } from './evalCase.ts';
import { type ChatSuiteResult, ENOUGH_CASES, ENOUGH_RUNS } from './evaluation.ts';
import { finishCases } from './finishCases.ts';
import { hiddenSearch } from './hiddenSearch.ts';
import { CHAT_METRICS } from './metrics/chatMetrics.ts';
import type { ChatOutcome, ChatTrial } from './outcome.ts';
import type { CaseResult } from './runCases.ts';
import type { SuiteContext } from './suiteContext.ts';
import { summarizeOutcomes } from './summary.ts';

/** Draws questions, hides what they are made from, indexes the rest and asks the chat as it is. */
export async function chatSuite(context: SuiteContext): Promise<ChatSuiteResult> {
  const { workspace, model, prompt, seed, pace, stopwatch, log } = context;
  const options = { count: context.cases, seed };
  const { cases, available, problems } = await drawChatCases(workspace, options, pace);
  const { texts, search } = hiddenSearch(cases, context, 'preparing');
  const live = new Map(texts.map(({ path, text }) => [path, text]));
  const paths = [...live.keys()];
  const readLive = (path: string) => Promise.resolve(live.get(path));
  // Built-in answers are the same every time.
  const runs = model ? context.runs : 1;
  const ran = await finishCases('chat', cases, context, {
    phase: 'answering',
    parallel: model ? context.parallel : 1,
    run: async (each, abort) => {
      const parts = { search: await search(), paths, readLive, model, prompt, log, stopwatch };
      return runChatCase(each, runs, parts, abort);
    },
  });
  return {
    ...ran,
    available,
    model: model?.chat.id ?? BUILT_IN,
    ...(model && { prompt: promptName(prompt) }),
    runs,
    summary: summarize(ran.outcomes, seed),
    remark: withProblems(remarkOn(cases.length, context, runs), problems),
  };
}

function summarize(outcomes: readonly ChatOutcome[], seed: number): ChatSuiteResult['summary'] {
  const label = new Map(chatSources(seed).map(({ source }) => [source.id, source.label]));
  label.set(AUTHORED, AUTHORED_LABEL);
  return summarizeOutcomes(
    outcomes,
    CHAT_METRICS,
    {
      'Kind of question': ({ source }) => label.get(source) ?? source,
      Language: ({ language }) => language,
      Folder: ({ folder }) => folder,
    },
    { runsOf: ({ trials }) => trials, seed },
  );
}

function remarkOn(count: number, context: SuiteContext, runs: number): string | null {
  if (count === 0) {
    return 'No question for the chat could be made: the workspace has too little code with doc comments and names that suit.';
  }
  const remarks = [
    ...(count < Math.min(ENOUGH_CASES, context.cases)
      ? [
          `Only ${counted(count, 'question')} for the chat could be made from this workspace, so the numbers are rough.`,
        ]
      : []),
    ...repetition(context, runs),
  ];
  return remarks.length === 0 ? null : remarks.join(' ');
}

function repetition({ model, runs: wanted }: SuiteContext, runs: number): readonly string[] {
  if (!model) {
    return wanted > 1
      ? ['Each question was asked once, as the built-in answers are the same every time.']
      : [];
  }
  if (runs >= ENOUGH_RUNS) return [];
  return [
    `Each question was asked ${runs === 1 ? 'once' : `${runs} times`}. A model answers differently each time; with ${ENOUGH_RUNS} runs, half as large differences can be seen.`,
  ];
}

/** Asks one question `runs` times. If any answer fails there is no outcome: some of the answers would be no fair mean. */
async function runChatCase(
  each: ChatCase,
  runs: number,
  parts: ChatTrialParts,
  signal: AbortSignal,
): Promise<CaseResult<ChatOutcome>> {
  const trials: ChatTrial[] = [];
  for (let run = 0; run < runs; run++) {
    const trial = await runChatTrial(each, run, parts, signal);
    if ('failure' in trial) return { error: { id: each.id, message: trial.failure } };
    trials.push(trial);
  }
  const elapsedMs = trials.reduce((sum, trial) => sum + trial.elapsedMs, 0) / Math.max(1, trials.length);
  const { id, source, language, folder, path, question } = each;
  const { gold, isAnswerable, mustMention, mustNotMention } = each;
  const asked = { id, source, language, folder, path, question, gold, isAnswerable };
  return { outcome: { ...asked, mustMention, mustNotMention, trials, elapsedMs } };
}
