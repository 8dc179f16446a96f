import { createTimeSlice } from '../core/async/timeSlice.ts';
import type { CompletionRequest } from '../core/ports/completionSource.ts';
import {
  isNext,
  keyOffsets,
  MIN_SHOWN,
  requestAt,
  simulateTyping,
  typingOutcome,
} from '../evals/typing/simulateTyping.ts';
import type { TypingTask } from '../evals/typing/typingTask.ts';
import { crossFittedGate } from './baselines/crossFittedGate.ts';
import { type CompletionBaseline, LongestMatch } from './baselines/longestMatch.ts';
import { assertMeasurable, type BenchOptions, type Latency, latencyOf } from './benchOptions.ts';
import { NearestWord } from './completionSystems.ts';
import { typedFolder } from './typedFolders.ts';
import { type ScoresByKind, type TypedOutcome, typingScores } from './typingScores.ts';

type BaselineName = 'longest-match' | 'nearest-word';

/** Baselines show what a gate, fitted on the folder's other files, finds this sure: about what makes a quarter wrong. */
const BASELINE_CONFIDENCE = 0.5;

interface TypingBenchResult {
  readonly seed: number;
  readonly ours: ScoresByKind;
  readonly baselines: Readonly<Record<BaselineName, ScoresByKind>>;
  readonly languages: Readonly<Record<string, ScoresByKind>>;
  /** Folder → its scores. */
  readonly folders: Readonly<Record<string, ScoresByKind>>;
  /** Of a suggestion, while the file is open. */
  readonly latency: Latency;
}

interface Measured {
  readonly root: string;
  readonly task: TypingTask;
  readonly ours: TypedOutcome;
  readonly baselines: Readonly<Record<BaselineName, TypedOutcome>>;
}

/**
 * Types code that the folders hold and that is hidden, key by key, as somebody does who takes each suggestion as soon as
 * it is exactly what comes next.
 */
export async function typingBench(
  roots: readonly string[],
  options: BenchOptions,
): Promise<TypingBenchResult> {
  const times: number[] = [];
  const measured: Measured[] = [];
  for (const root of roots) for (const each of await measureFolder(root, options, times)) measured.push(each);
  assertMeasurable(measured.length, 'code to type', roots.join(', '));
  const ours = (some: readonly Measured[]): ScoresByKind => typingScores(some.map((each) => each.ours));
  const byKey = (keyOf: (each: Measured) => string): Readonly<Record<string, ScoresByKind>> =>
    Object.fromEntries([...Map.groupBy(measured, keyOf)].map(([key, some]) => [key, ours(some)]));
  return {
    seed: options.seed,
    ours: ours(measured),
    baselines: perBaseline((name) => typingScores(measured.map(({ baselines }) => baselines[name]))),
    languages: byKey(({ task }) => task.language),
    folders: byKey(({ root }) => root),
    latency: latencyOf(times),
  };
}

async function measureFolder(
  root: string,
  options: BenchOptions,
  times: number[],
): Promise<readonly Measured[]> {
  const pace = createTimeSlice(options.signal);
  const learners = { 'longest-match': new LongestMatch('workspace'), 'nearest-word': new NearestWord() };
  const { model, tasks } = await typedFolder(root, options, Object.values(learners));
  const suggest = (request: CompletionRequest) => {
    const started = performance.now();
    const completion = model.complete(request);
    times.push(performance.now() - started);
    return completion?.edit.changes[0];
  };
  const ours: TypedOutcome[] = [];
  for (const task of tasks) {
    ours.push({ kind: task.kind, outcome: simulateTyping(task, suggest) });
    await pace();
  }
  const baselines = perBaseline((name) => gatedOutcomes(tasks, learners[name], options.seed));
  return tasks.flatMap((task, at): Measured[] => {
    const outcome = ours[at];
    const others = perBaseline((name) => baselines[name][at]);
    const { 'longest-match': longest, 'nearest-word': nearest } = others;
    if (!outcome || !longest || !nearest) return [];
    return [{ root, task, ours: outcome, baselines: { 'longest-match': longest, 'nearest-word': nearest } }];
  });
}

/** What a baseline saves that shows what its gate is sure of. */
function gatedOutcomes(
  tasks: readonly TypingTask[],
  baseline: CompletionBaseline,
  seed: number,
): readonly TypedOutcome[] {
  const guesses = tasks.flatMap((task) =>
    keyOffsets(task.target).map((offset) => {
      const guess = baseline.guess(requestAt(task, offset));
      const text = guess && guess.text.trim().length >= MIN_SHOWN ? guess.text : '';
      return {
        task,
        offset,
        text,
        features: guess?.features ?? [],
        isRight: text !== '' && isNext(task, offset, { startOffset: 0, endOffset: 0, text }),
      };
    }),
  );
  const made = guesses.filter(({ text }) => text !== '');
  const confidences = crossFittedGate(
    made.map(({ task, features, isRight }) => ({ path: task.path, features, isRight })),
    seed,
  );
  const sure = new Set(made.filter((_, at) => (confidences[at] ?? 0) >= BASELINE_CONFIDENCE));
  const byTask = Map.groupBy(guesses, ({ task }) => task);
  return tasks.map((task) => ({
    kind: task.kind,
    outcome: typingOutcome(
      (byTask.get(task) ?? []).map((guess) => ({
        offset: guess.offset,
        gain: !sure.has(guess) ? 0 : guess.isRight ? guess.text.length : -1,
      })),
    ),
  }));
}

function perBaseline<T>(of: (name: BaselineName) => T): Readonly<Record<BaselineName, T>> {
  return { 'longest-match': of('longest-match'), 'nearest-word': of('nearest-word') };
}
