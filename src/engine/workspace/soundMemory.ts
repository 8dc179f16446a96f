import { ImageCorruptError } from '../../core/errors/storeErrors.ts';
import type { CompletionRequest, Proposal } from '../../core/ports/completionSource.ts';
import type { IndexReplica } from './indexReplica.ts';

/** What `work` gives; when memory turns out to be damaged, it is built anew first. */
export async function withSoundMemory<Result>(
  reader: Pick<IndexReplica, 'rebuild'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ImageCorruptError)) throw error;
    await reader.rebuild();
    return await work();
  }
}

/** A completion of the model in memory; none, and memory is built anew, when it turns out to be damaged. */
export function completeSoundly(
  reader: Pick<IndexReplica, 'model' | 'rebuild'>,
  request: CompletionRequest,
): Omit<Proposal, 'provenance'> | undefined {
  try {
    return reader.model.complete(request);
  } catch (error) {
    if (!(error instanceof ImageCorruptError)) throw error;
    // Whoever follows the index is told if that cannot be done.
    void reader.rebuild().catch(() => undefined);
    return undefined;
  }
}
