import {
  differentSettings,
  settingsOf,
  type Baseline,
  type BaselineSettings,
} from '../core/evals/baseline/baseline.ts';
import { DEFAULT_CASES, DEFAULT_SEED, type Suite } from '../core/evals/evaluation.ts';
import { wholeNumber, type Arguments } from './arguments.ts';
import { readBaseline } from './baselineFile.ts';
import { UsageError } from './usageError.ts';

const SUITES: Readonly<Record<string, readonly Suite[]>> = {
  retrieval: ['retrieval'],
  completion: ['completion'],
  all: ['retrieval', 'completion'],
};

export interface EvalPlan {
  readonly settings: BaselineSettings;
  /** What to compare with. */
  readonly baseline: Baseline | undefined;
}

/**
 * What `eval` is to run: what was asked for, else what the baseline was made with, else the defaults. Throws
 * `UsageError` for options that make no sense together and for a baseline that was made with others.
 */
export async function planEvaluation(args: Arguments): Promise<EvalPlan> {
  refuseSenseless(args);
  const asked = {
    suites: suitesOf(args.suite),
    wanted: wholeNumber('--cases', args.cases, 1),
    seed: args.seed,
  };
  const stored = await storedBaseline(args);
  const made = stored && settingsOf(stored);
  const settings = {
    suites: asked.suites ?? made?.suites ?? ['retrieval' as const, 'completion' as const],
    wanted: asked.wanted ?? made?.wanted ?? DEFAULT_CASES,
    seed: asked.seed ?? made?.seed ?? DEFAULT_SEED,
  };
  if (!stored || args.updateBaseline) return { settings, baseline: undefined };
  const different = differentSettings(stored, settings);
  if (different.length === 0) return { settings, baseline: stored };
  throw new UsageError(
    `The baseline ${args.baseline ?? ''} was made with ${different.join('; ')}. Leave these options out to use the baseline's, or add --update-baseline to replace it.`,
  );
}

function refuseSenseless({ baseline, updateBaseline, ci }: Arguments): void {
  if (baseline === undefined && (updateBaseline || ci)) {
    throw new UsageError(`${ci ? '--ci' : '--update-baseline'} needs --baseline and the file's name.`);
  }
  if (updateBaseline && ci) {
    throw new UsageError('--ci only checks. Run --update-baseline without it and commit what changed.');
  }
}

function suitesOf(name: string | undefined): readonly Suite[] | undefined {
  if (name === undefined) return undefined;
  const suites = Object.hasOwn(SUITES, name) ? SUITES[name] : undefined;
  if (suites) return suites;
  throw new UsageError(`--suite takes ${Object.keys(SUITES).join(', ')}, not '${name}'.`);
}

/** One that is to be replaced need not be there, or be readable. */
async function storedBaseline({ baseline, updateBaseline }: Arguments): Promise<Baseline | undefined> {
  if (baseline === undefined) return undefined;
  if (!updateBaseline) return readBaseline(baseline);
  return readBaseline(baseline).catch((error: unknown) => {
    if (error instanceof UsageError) return undefined;
    throw error;
  });
}
