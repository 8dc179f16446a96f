import { createTimeSlice } from '../core/async/timeSlice.ts';
import { readFolder } from '../engine/workspace/readFolder.ts';
import { drawCompletionCases } from '../evals/completionCases.ts';
import { type LineModel, runCompletionCase, SHOWN_FROM } from '../evals/completionSuite.ts';
import type { CompletionCase } from '../evals/evalCase.ts';
import { type CurvePoint, mostShownAt, pointAt } from '../evals/metrics/calibration.ts';
import type { CompletionOutcome } from '../evals/outcome.ts';
import { createAddedLinesSource } from '../evals/sources/addedLinesSource.ts';
import { createMaskSource } from '../evals/sources/maskSource.ts';
import { comparePairs, type Comparison, verdict } from '../evals/statistics/comparison.ts';
import { teach } from '../evals/teach.ts';
import type { Workspace } from '../evals/workspace.ts';
import { assertMeasurable, type BenchOptions, type Latency, latencyOf } from './benchOptions.ts';
import { crossFittedGate } from './baselines/crossFittedGate.ts';
import {
  COMPLETION_BASELINES,
  type CompletionBaselineName,
  type CompletionSystems,
  createCompletionSystems,
} from './completionSystems.ts';
import type { CompletionBaseline } from './baselines/longestMatch.ts';
import { perBaseline, type PerSystem } from './ablations.ts';

const CASES = 1000;
const THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
/** What is shown should be right about two times in three; everything is compared at this precision. */
const PRECISION = 0.66;

interface CompletionScores {
  /** The most that can be shown with 66 % of it right. */
  readonly shownAt66: CurvePoint;
  readonly points: readonly CurvePoint[];
  /** Shares of all places, gate or no gate. */
  readonly exact: number;
  readonly exactFirstToken: number;
  /** Kind of place → the most that can be shown there with 66 % of it right. */
  readonly kinds: Readonly<Record<string, CurvePoint>>;
  readonly latency: Latency;
}

interface CompletionBenchResult extends PerSystem<CompletionBaselineName, CompletionScores> {
  readonly n: number;
  readonly seed: number;
  /** Learnt from. */
  readonly files: number;
  readonly tokens: number;
  /** Ours at the confidence from which evaluations count a line as shown. */
  readonly shipped: CurvePoint;
  /** Places with something right shown, each at its 66 % threshold; clustered by file. */
  readonly versus: Readonly<Record<CompletionBaselineName, Comparison & { readonly verdict: string }>>;
}

/**
 * Hides rests of lines of a folder's own code and has every method complete them. With an older version of the folder
 * the methods learn from that alone, and only lines that the folder added since are hidden: code that nobody has seen.
 */
export async function completionBench(root: string, options: BenchOptions): Promise<CompletionBenchResult> {
  const { cases: count = CASES, seed, signal } = options;
  const workspace = await readFolder(root, signal);
  const known = options.older === undefined ? workspace : await readFolder(options.older, signal);
  const pace = createTimeSlice(signal);
  const source = options.older === undefined ? createMaskSource(seed) : createAddedLinesSource(seed, known);
  const { cases } = await drawCompletionCases(workspace, { count, seed, source }, pace);
  assertMeasurable(cases.length, 'lines to complete', root);
  const systems = createCompletionSystems();
  await teach([systems.ours, ...Object.values(systems.baselines)], known.files, pace);
  const { ours, baselines } = await askEverySystem(cases, systems, { workspace, pace });
  const gated = perBaseline(COMPLETION_BASELINES, (name) => crossGated(baselines[name], seed));
  return {
    n: cases.length,
    seed,
    files: known.files.length,
    tokens: systems.ours.tokenCount,
    shipped: pointAt(offered(ours), cases.length, SHOWN_FROM),
    ours: scoresOf(ours),
    baselines: perBaseline(COMPLETION_BASELINES, (name) => scoresOf(gated[name])),
    versus: perBaseline(COMPLETION_BASELINES, (name) => {
      const comparison = compareUseful(ours, gated[name], seed);
      return { ...comparison, verdict: verdict(comparison) };
    }),
  };
}

/** Ours brings its confidence; the others get theirs from a gate fitted on the other files' guesses. */
function crossGated(answers: readonly Answer[], seed: number): readonly Answer[] {
  const made = offered(answers);
  const confidences = crossFittedGate(
    made.map(({ outcome, features, isRight }) => ({ path: outcome.path, features, isRight })),
    seed,
  );
  const byAnswer = new Map(made.map((answer, at) => [answer, confidences[at] ?? 0]));
  return answers.map((answer) => ({ ...answer, confidence: byAnswer.get(answer) ?? 0 }));
}

function scoresOf(answers: readonly Answer[]): CompletionScores {
  const share = (of: (answer: Answer) => boolean): number =>
    answers.filter(of).length / Math.max(1, answers.length);
  const made = offered(answers);
  const kinds = Map.groupBy(answers, ({ outcome }) => outcome.kind);
  return {
    shownAt66: mostShownAt(made, answers.length, PRECISION),
    points: THRESHOLDS.map((threshold) => pointAt(made, answers.length, threshold)),
    exact: share(({ isRight }) => isRight),
    exactFirstToken: share(({ outcome }) => outcome.isFirstTokenExact),
    kinds: Object.fromEntries(
      [...kinds].map(([kind, some]) => [kind, mostShownAt(offered(some), some.length, PRECISION)]),
    ),
    latency: latencyOf(answers.map(({ outcome }) => outcome.elapsedMs)),
  };
}

function offered(answers: readonly Answer[]): readonly Answer[] {
  return answers.filter(({ outcome }) => outcome.shown !== null);
}

function compareUseful(ours: readonly Answer[], theirs: readonly Answer[], seed: number): Comparison {
  const isUseful = (answers: readonly Answer[]): ((answer: Answer | undefined) => number) => {
    const { threshold } = mostShownAt(offered(answers), answers.length, PRECISION);
    return (answer) => Number(answer?.isRight === true && answer.confidence >= threshold);
  };
  const [oursUseful, theirsUseful] = [isUseful(ours), isUseful(theirs)];
  return comparePairs(
    ours.map((answer, at) => ({
      cluster: answer.outcome.path,
      ours: oursUseful(answer),
      theirs: theirsUseful(theirs[at]),
    })),
    seed,
  );
}

/** What a method made of one case. */
interface Answer {
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
async function askEverySystem(
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
  const model: LineModel = {
    rate(request) {
      const guess = baseline.guess(request);
      features = guess?.features ?? [];
      const { offset } = request;
      return guess ? [{ startOffset: offset, endOffset: offset, text: guess.text, confidence: 0 }] : [];
    },
  };
  return (each, text) => answerOf(model, each, text, () => features);
}

/** Timed as at a keystroke: the file is open, and what changed since the call before is the end of one line. */
function answerOf(
  model: LineModel,
  each: CompletionCase,
  text: string,
  features: () => readonly number[],
): Answer {
  model.rate({ path: each.path, text, offset: each.lineEnd });
  const outcome = runCompletionCase(each, { model, text, shownFrom: 0, stopwatch: () => performance.now() });
  const { isExact, confidence } = outcome;
  return { outcome, isRight: isExact, confidence: confidence ?? 0, features: features() };
}
