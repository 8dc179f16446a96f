import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import { FileRecordings } from '../../adapters/evals/fileRecordings.ts';
import { sha256Digest } from '../../adapters/files/sha256Digest.ts';
import type { EvaluatedModel } from '../../evals/chatTrial.ts';
import { ReplayCache, type CacheMode } from '../../evals/replay/replayCache.ts';
import { batchPolicy } from '../../core/models/callPolicy.ts';
import type { ModelAccess } from '../../core/models/modelChoice.ts';
import { redactSecrets } from '../../core/secrets/redactSecrets.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import { linkToOutput } from './outputPlace.ts';
import { LazyProviderModels } from '../models/lazyProviderModels.ts';

/** A language model to evaluate, and where its answers are kept. */
export interface ModelToEvaluate {
  readonly access: ModelAccess;
  readonly cache: CacheMode;
  /** A file of recorded answers; `recordings.jsonl` in the state folder when absent. */
  readonly recordings?: string | undefined;
}

export interface OpenedModel {
  readonly model: EvaluatedModel;
  /** Every recorded answer is in its file once resolved. */
  close(): Promise<void>;
}

/** Gets a model ready to be evaluated on the folder `root`; throws when its address or its recordings are of no use. */
export async function openEvaluatedModel(
  { access, cache, recordings: file }: ModelToEvaluate,
  { root, state }: { readonly root: string; readonly state: string },
  log: Logger,
): Promise<OpenedModel> {
  const model = await new LazyProviderModels(log, batchPolicy).choose(access).load();
  if (cache === 'off') return { model: { ...model, cache: undefined }, close: () => Promise.resolve() };
  const place = file ?? join(state, 'recordings.jsonl');
  const link = linkToOutput(root, place);
  if (link !== undefined) throw new StoreUnavailableError('linked', link);
  const recordings = await FileRecordings.open(place);
  const privatePaths = [root, `${homedir()}${sep}`];
  const replay = new ReplayCache({
    recordings,
    mode: cache,
    hash: sha256Digest,
    redact: redactSecrets,
    privatePaths,
  });
  return { model: { ...model, cache: replay }, close: () => recordings.close() };
}
