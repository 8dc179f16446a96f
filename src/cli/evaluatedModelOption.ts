import { resolve } from 'node:path';
import type { CacheMode } from '../evals/replay/replayCache.ts';
import type { ModelToEvaluate } from '../engine/evaluation/evaluatedModel.ts';
import type { Arguments } from './arguments.ts';
import { readModelOption } from './modelOption.ts';
import { UsageError } from './usageError.ts';

const MODES: ReadonlyMap<string, CacheMode> = new Map(
  (['record', 'require', 'off'] as const).map((mode) => [mode, mode]),
);

/**
 * The language model to evaluate and where its answers come from; `undefined` for the built-in answers. With `--ci` every
 * answer must be recorded unless `--cache` says otherwise.
 */
export function evaluatedModelOption(
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
