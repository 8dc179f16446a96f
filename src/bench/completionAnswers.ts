import { suggestEdit } from '../core/text/suggestedEdit.ts';
import type { CompletionBaseline } from './baselines/completionBaseline.ts';
import type { CompletionCase } from '../evals/evalCase.ts';
import type { CompletionOutcome } from '../evals/outcome.ts';
import { runCompletionCase, type RatedModel } from '../evals/runCompletion.ts';
import type { Workspace } from '../evals/workspace.ts';
import {
  COMPLETION_BASELINES,
  type CompletionBaselineName,
  type CompletionSystems,
} from './completionSystems.ts';
import { perBaseline, type PerSystem } from './perSystem.ts';

/** What a method made of one case. */
export interface Answer {
  readonly outcome: CompletionOutcome;
  /** The rest of the line exactly. */
  readonly isRight: boolean;
  readonly confidence: number;
  /** What a gate may judge it by; empty for ours, which brings its own confidence. */
  readonly features: readonly number[];
}

interface Surroundings {
  readonly workspace: Workspace;
  readonly pace: () => Promise<void>;
}

type Ask = (each: CompletionCase, text: string) => Answer;

/** Has every method complete every case. Which method comes first takes turns, as the first one warms caches. */
export async function askEverySystem(
  cases: readonly CompletionCase[],
  { ours, baselines }: CompletionSystems,
  { workspace, pace }: Surroundings,
): Promise<PerSystem<CompletionBaselineName, readonly Answer[]>> {
  const texts = new Map(workspace.files.map(({ path, text }) => [path, text]));
  const systems = [
    {
      ask: (each: CompletionCase, text: string) => answerOf(ours, each, text, () => []),
      answers: [] as Answer[],
    },
    ...COMPLETION_BASELINES.map((name) => ({ ask: askBaseline(baselines[name]), answers: [] as Answer[] })),
  ];
  for (const [turn, each] of cases.entries()) {
    const text = texts.get(each.path) ?? '';
    for (let step = 0; step < systems.length; step++) {
      const system = systems[(turn + step) % systems.length];
      system?.answers.push(system.ask(each, text));
    }
    await pace();
  }
  return {
    ours: systems[0]?.answers ?? [],
    baselines: perBaseline(
      COMPLETION_BASELINES,
      (name) => systems[1 + COMPLETION_BASELINES.indexOf(name)]?.answers ?? [],
    ),
  };
}

function askBaseline(baseline: CompletionBaseline): Ask {
  let features: readonly number[] = [];
  const model: RatedModel = {
    complete(request) {
      const guess = baseline.guess(request);
      features = guess?.features ?? [];
      if (!guess) return undefined;
      const { offset } = request;
      const change = { startOffset: offset, endOffset: offset, text: guess.text };
      return { edit: suggestEdit(request.path, request.text, [change]), confidence: 0 };
    },
    rate: () => [],
  };
  return (each, text) => answerOf(model, each, text, () => features);
}

/** Timed as at a keystroke: the file is open, and what changed since the call before is the end of one line. */
function answerOf(
  model: RatedModel,
  each: CompletionCase,
  text: string,
  features: () => readonly number[],
): Answer {
  model.complete({ path: each.path, text, offset: each.lineEnd });
  const outcome = runCompletionCase(each, { model, text, stopwatch: () => performance.now() });
  const { isExact, confidence } = outcome;
  return { outcome, isRight: isExact, confidence: confidence ?? 0, features: features() };
}
