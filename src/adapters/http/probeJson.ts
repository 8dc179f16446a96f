import { ModelError, ModelUnavailableError } from '../../core/errors/modelErrors.ts';
import type { EndpointOptions } from './endpointOptions.ts';
import type { Fields } from './looseJson.ts';
import { postJson } from './postJson.ts';

/**
 * Finds out by a harmless request what a server is: what `read` makes of its answer, undefined when it has nothing at this
 * address. Rejects with a `ModelError` when no server says anything yet, or with the signal's reason when it aborts.
 */
export async function probeJson<T>(
  options: EndpointOptions,
  path: string,
  probe: { readonly body: Fields; readonly read: (answer: unknown) => T | undefined },
  signal: AbortSignal,
): Promise<T | undefined> {
  try {
    return await postJson(options, path, { ...probe, signal });
  } catch (error) {
    signal.throwIfAborted();
    const isRefusal = !(error instanceof ModelUnavailableError) || error.problem === 'failed';
    if (error instanceof ModelError && isRefusal) return undefined;
    throw error;
  }
}
