import { runChatTrial, type ChatTrialParts } from './chatTrial.ts';
import type { ChatCase } from './evalCase.ts';
import type { ChatOutcome, ChatTrial } from './outcome.ts';
import type { CaseResult } from './runCases.ts';

/** Asks one question `runs` times. If any answer fails there is no outcome: some of the answers would be no fair mean. */
export async function runChatCase(
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
