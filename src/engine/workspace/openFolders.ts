import type { Logger } from '../../core/ports/runtime.ts';
import type { FolderConfig, HostServices } from '../../protocol/engine.ts';

export interface OpeningReport {
  readonly host: Pick<HostServices, 'indexStatus'>;
  readonly log: Logger;
}

/**
 * Opens every folder that can be opened. One that cannot, perhaps because it is gone, gets a status that says why and
 * does not stand in the way of the others; rejects only when there is nothing but such folders.
 */
export async function openFolders<Folder>(
  configs: readonly FolderConfig[],
  open: (config: FolderConfig) => Promise<Folder>,
  { host, log }: OpeningReport,
): Promise<readonly Folder[]> {
  const opened: Folder[] = [];
  const failures: Error[] = [];
  const results = await Promise.allSettled(configs.map(open));
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') opened.push(result.value);
    else {
      const root = configs[index]?.root ?? '';
      const reason: unknown = result.reason;
      const failure = reason instanceof Error ? reason : new Error(String(reason));
      failures.push(failure);
      log.error(`cannot open ${root}`, failure);
      host.indexStatus(root, { state: 'failed', message: failure.message });
    }
  }
  const [first] = failures;
  if (first && opened.length === 0) throw first;
  return opened;
}
