import { resolve } from 'node:path';
import { BaselineUnusableError } from '../core/errors/evaluationErrors.ts';
import { BUILT_IN } from '../core/models/modelChoice.ts';
import { fixedPolicy, type PinnedVariants } from '../core/prompts/fixedPolicy.ts';
import type { ModelToEvaluate } from '../engine/evaluation/evaluatedModel.ts';
import { readBaseline } from '../engine/evaluation/evaluationService.ts';
import {
  type Baseline,
  type BaselineSettings,
  differentSettings,
  settingsOf,
} from '../evals/baseline/baseline.ts';
import { DEFAULT_CASES, DEFAULT_PARALLEL, DEFAULT_SEED, type Suite } from '../evals/evaluation.ts';
import type { CacheMode } from '../evals/replay/replayCache.ts';
import { type Arguments, wholeNumber } from './arguments.ts';
import { readModelOption } from './modelOption.ts';
import { UsageError } from './usageError.ts';

const ALL: readonly Suite[] = ['retrieval', 'completion', 'chat'];
const SUITES = new Map<string, readonly Suite[]>(
  Object.entries({
    retrieval: ['retrieval'],
    completion: ['completion'],
    chat: ['chat'],
    all: ALL,
  }),
);

export interface EvalPlan {
  readonly settings: BaselineSettings;
  /** The language model that answers in the chat. */
  readonly model: ModelToEvaluate | undefined;
  /** As asked for; the built-in answers, which never differ, are asked for once all the same. */
  readonly runs: number;
  readonly parallel: number;
  /** The wordings of prompts to measure. */
  readonly prompts: PinnedVariants;
  /** What to compare with. */
  readonly baseline: Baseline | undefined;
}

/**
 * What `eval` is to run: what was asked for, else what the baseline was made with, else the defaults. Throws
 * `UsageError` for options that make no sense together and for a baseline that was made with others, and
 * `BaselineUnusableError` for one that cannot be read.
 */
export async function planEvaluation(
  args: Arguments,
  env: Readonly<Record<string, string | undefined>>,
): Promise<EvalPlan> {
  refuseSenseless(args);
  const stored = await storedBaseline(args);
  const settings = settingsFor(args, stored && settingsOf(stored));
  const plan = {
    settings,
    model: evaluatedModelOption({ ...args, model: settings.model }, env),
    runs: wholeNumber('--runs', args.runs, 1) ?? settings.runs,
    parallel: wholeNumber('--parallel', args.parallel, 1) ?? DEFAULT_PARALLEL,
    prompts: promptOption(args.prompt),
  };
  refuseUnused(args, settings);
  if (!stored || args.updateBaseline) return { ...plan, baseline: undefined };
  const different = differentSettings(stored, settings);
  if (different.length === 0) return { ...plan, baseline: stored };
  throw new UsageError(
    `The baseline ${args.baseline ?? ''} was made with ${different.join('; ')}. Leave these options out to use the baseline's, or add --update-baseline to replace it.`,
  );
}

const DEFAULTS: BaselineSettings = {
  suites: ALL,
  wanted: DEFAULT_CASES,
  seed: DEFAULT_SEED,
  model: BUILT_IN,
  runs: 1,
};

function settingsFor(args: Arguments, otherwise: BaselineSettings = DEFAULTS): BaselineSettings {
  const model = args.model?.trim() ?? otherwise.model;
  const runs = wholeNumber('--runs', args.runs, 1) ?? otherwise.runs;
  return {
    suites: suitesOf(args.suite) ?? otherwise.suites,
    wanted: wholeNumber('--cases', args.cases, 1) ?? otherwise.wanted,
    seed: args.seed ?? otherwise.seed,
    model,
    // Built-in answers are asked for once, however often one would like.
    runs: model === BUILT_IN ? 1 : runs,
  };
}

function refuseSenseless({ baseline, updateBaseline, ci }: Arguments): void {
  if (baseline === undefined && (updateBaseline || ci)) {
    throw new UsageError(`${ci ? '--ci' : '--update-baseline'} needs --baseline and the file's name.`);
  }
  if (updateBaseline && ci) {
    throw new UsageError('--ci only checks. Run --update-baseline without it and commit what changed.');
  }
}

function refuseUnused(
  { cache, recordings, parallel, prompt }: Arguments,
  { suites, model }: BaselineSettings,
): void {
  if (model !== BUILT_IN && !suites.includes('chat')) {
    throw new UsageError(
      'A language model takes part in the chat only. Add --suite chat or leave --model out.',
    );
  }
  if (model !== BUILT_IN) return;
  const given = { '--cache': cache, '--recordings': recordings, '--parallel': parallel, '--prompt': prompt };
  const unused = Object.entries(given).find(([, value]) => value !== undefined);
  if (unused) throw new UsageError(`${unused[0]} needs a --model that is not built in.`);
}

/** Throws `UsageError` for a prompt that the chat is not asked with, and for a variant that does not exist. */
function promptOption(text: string | undefined): PinnedVariants {
  if (text === undefined) return {};
  const [, variant] = /^chat\.answer@(\d+)$/.exec(text.trim()) ?? [];
  if (variant === undefined) throw new UsageError(`--prompt takes chat.answer@N, not '${text}'.`);
  const pinned = { 'chat.answer': Number(variant) };
  try {
    fixedPolicy(pinned);
    return pinned;
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`--prompt: ${error.message}`, { cause: error });
    throw error;
  }
}

function suitesOf(name: string | undefined): readonly Suite[] | undefined {
  if (name === undefined) return undefined;
  const suites = SUITES.get(name);
  if (suites) return suites;
  throw new UsageError(`--suite takes ${[...SUITES.keys()].join(', ')}, not '${name}'.`);
}

/** One that is to be replaced need not be there, or be readable. */
async function storedBaseline({ baseline, updateBaseline }: Arguments): Promise<Baseline | undefined> {
  if (baseline === undefined) return undefined;
  const read = readBaseline(baseline, 'make a new one with --update-baseline');
  if (!updateBaseline) return read;
  return read.catch((error: unknown) => {
    if (error instanceof BaselineUnusableError) return undefined;
    throw error;
  });
}

const MODES: ReadonlyMap<string, CacheMode> = new Map(
  (['record', 'require', 'off'] as const).map((mode) => [mode, mode]),
);

/**
 * The language model to evaluate and where its answers come from; `undefined` for the built-in answers. With `--ci` every
 * answer must be recorded unless `--cache` says otherwise.
 */
function evaluatedModelOption(
  {
    ci,
    cache = ci ? 'require' : 'record',
    recordings,
    ...model
  }: Pick<Arguments, 'ci' | 'cache' | 'recordings' | 'model' | 'baseUrl' | 'plainHttp'>,
  env: Readonly<Record<string, string | undefined>>,
): ModelToEvaluate | undefined {
  const mode = MODES.get(cache);
  if (!mode) throw new UsageError(`--cache takes ${[...MODES.keys()].join(', ')}, not '${cache}'.`);
  if (mode === 'off' && recordings !== undefined) {
    throw new UsageError('--recordings names a file that --cache off would not use.');
  }
  // Nothing is sent when every answer must be recorded.
  const access = readModelOption(model, env, { isAsked: mode !== 'require' });
  if (!access) return undefined;
  return { access, cache: mode, recordings: recordings === undefined ? undefined : resolve(recordings) };
}
