import { createTimeSlice } from '../core/async/timeSlice.ts';
import { gateInputs, gateOutcome, type GateWeights } from '../core/completion/gate.ts';
import { chosenPart, DEFAULT_THRESHOLD } from '../core/completion/offer.ts';
import { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import { isNext, keyOffsets, requestAt, typingOutcome } from '../evals/typing/simulateTyping.ts';
import type { TypingKind, TypingTask } from '../evals/typing/typingTask.ts';
import { assertMeasurable, type BenchOptions } from './benchOptions.ts';
import { ContinuationExamples, type GateTarget } from './gateExamples.ts';
import { fitPerceptron } from './perceptron.ts';
import { type TypedFolder, typedFolder } from './typedFolders.ts';
import { type ScoresByKind, typingScores } from './typingScores.ts';

const FOLDS = 5;
const NETWORKS = { part: { hidden: 24, epochs: 4 }, line: { hidden: 16, epochs: 8 } } as const;
const DIGITS = 5;

/**
 * In which code is typed: in a workspace; as its first file, with no other to learn from; and where the editor closes
 * brackets by itself.
 */
const SITUATIONS = ['workspace', 'alone', 'closing'] as const;

type Situation = (typeof SITUATIONS)[number];

/** One of so many tasks is done in the other situations as well. */
const EVERY: Readonly<Record<Situation, number>> = { workspace: 1, alone: 4, closing: 3 };

interface GateFit {
  readonly folders: number;
  readonly examples: number;
  /** Of folders that took no part in fitting: five folds over the folders. */
  readonly crossValidated: Readonly<Record<Situation, ScoresByKind>>;
  /** What `gateWeights.json` holds. */
  readonly weights: Readonly<Record<GateTarget, GateWeights>>;
}

/** A place in the target; its continuations are the examples from `first` on. */
interface TypedPlace {
  readonly offset: number;
  readonly first: number;
  readonly continuations: readonly { readonly text: string; readonly isRight: boolean }[];
}

interface TypedTask {
  readonly situation: Situation;
  readonly kind: TypingKind;
  readonly fold: number;
  readonly places: readonly TypedPlace[];
}

/**
 * Fits the gate of the workspace model to the typing of what folders hold, and measures it on folders that took no part.
 */
export async function gateBench(roots: readonly string[], options: BenchOptions): Promise<GateFit> {
  const examples = new ContinuationExamples();
  const typed: TypedTask[] = [];
  const pace = createTimeSlice(options.signal);
  for (const [at, root] of roots.entries()) {
    const folder = await typedFolder(root, options);
    for (const situation of SITUATIONS) {
      for (const { model, task } of tasksIn(situation, folder)) {
        typed.push({
          situation,
          kind: task.kind,
          fold: at % FOLDS,
          places: lookAt(task, model, at, examples),
        });
        await pace();
      }
    }
    options.log.info(`${root}: ${examples.count} examples`);
  }
  assertMeasurable(typed.length, 'code to type', roots.join(', '));
  const fit = (target: GateTarget, isIn: (folder: number) => boolean = () => true): GateWeights =>
    fitPerceptron(examples.of(target), examples.rows(target, isIn), {
      ...NETWORKS[target],
      seed: options.seed,
    });
  const gates = Array.from({ length: FOLDS }, (_, fold) => fit('part', (folder) => folder % FOLDS !== fold));
  const parts = examples.of('part');
  const outcomes = typed.map(({ situation, kind, fold, places }) => {
    const gate = gates[fold];
    const confidenceOf = (example: number): number => (gate ? gateOutcome(gate, parts.row(example)) : 0);
    return { situation, kind, outcome: typingOutcome(places.map((place) => gainAt(place, confidenceOf))) };
  });
  const scoresIn = (situation: Situation) =>
    typingScores(outcomes.filter((outcome) => outcome.situation === situation));
  return {
    folders: roots.length,
    examples: examples.count,
    crossValidated: {
      workspace: scoresIn('workspace'),
      alone: scoresIn('alone'),
      closing: scoresIn('closing'),
    },
    weights: { part: rounded(fit('part')), line: rounded(fit('line')) },
  };
}

function* tasksIn(
  situation: Situation,
  { model, tasks }: TypedFolder,
): Generator<{ readonly model: WorkspaceModel; readonly task: TypingTask }> {
  const isSingleLine = ({ kind }: TypingTask): boolean => kind !== 'function';
  const some = situation === 'closing' ? tasks.filter(isSingleLine) : tasks;
  for (const [at, task] of some.entries()) {
    if (at % EVERY[situation] !== 0) continue;
    yield {
      model: situation === 'alone' ? new WorkspaceModel() : model,
      task: situation === 'closing' ? { ...task, closesBrackets: true } : task,
    };
  }
}

/** Asks the model at every place of a task. */
function lookAt(
  task: TypingTask,
  model: WorkspaceModel,
  folder: number,
  examples: ContinuationExamples,
): readonly TypedPlace[] {
  return keyOffsets(task.target).map((offset) => {
    const first = examples.count;
    const continuations = model.describe(requestAt(task, offset)).map(({ edit, features }) => {
      const isRight = isNext(task, offset, edit);
      const endsLine = features.endShare > 0;
      const isLine = isRight && /^\s*(?:[\r\n]|$)/.test(task.target.slice(offset + edit.text.length));
      examples.add(gateInputs(features), folder, isRight, endsLine ? isLine : undefined);
      return { text: edit.text, isRight };
    });
    return { offset, first, continuations };
  });
}

/** What the part that a gate chooses at a place gains. */
function gainAt(
  { offset, first, continuations }: TypedPlace,
  confidenceOf: (example: number) => number,
): { readonly offset: number; readonly gain: number } {
  const rated = continuations.map((each, at) => ({ ...each, confidence: confidenceOf(first + at) }));
  const [best] = chosenPart(rated, DEFAULT_THRESHOLD);
  return { offset, gain: !best ? 0 : best.isRight ? best.text.length : -1 };
}

function rounded({ bias, direct, hidden }: GateWeights): GateWeights {
  const short = (value: number): number => Number(value.toPrecision(DIGITS));
  return {
    bias: short(bias),
    direct: direct.map(short),
    hidden: hidden.map((unit) => ({
      bias: short(unit.bias),
      outcome: short(unit.outcome),
      weights: unit.weights.map(short),
    })),
  };
}
