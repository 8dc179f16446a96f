import { StoreCorruptError } from '../errors/storeCorruptError.ts';
import type { IndexerDependencies, RefreshOptions, RefreshReport } from './refresh.ts';
import { RefreshPass, type RejectedFiles } from './refreshPass.ts';

/** Keeps the index of one folder up to date. */
export interface Indexer {
  /**
   * Brings the index up to date with the files. Rejects with the signal's reason when aborted; what was committed
   * until then stays, and the next refresh goes on from there. An index that turns out to be damaged is built anew,
   * once; rejects with a `StoreCorruptError` when that is damaged too.
   */
  refresh(options?: RefreshOptions): Promise<RefreshReport>;
}

export function createIndexer(dependencies: IndexerDependencies): Indexer {
  const { store, clock, log } = dependencies;
  const rejected: RejectedFiles = new Map();
  return {
    async refresh(options = {}) {
      const started = clock.now();
      const run = (how: RefreshOptions) =>
        store.write(
          (writer) => new RefreshPass({ ...dependencies, writer, rejected }, how).run(),
          options.signal,
        );
      const outcome = await run(options).catch((error: unknown) => {
        if (!(error instanceof StoreCorruptError)) throw error;
        log.warn('The stored index is damaged and is built anew', error);
        return run({ ...options, fromScratch: true });
      });
      const report = { ...outcome, elapsedMs: clock.now() - started };
      log.info(
        `Indexed ${report.files} files (${report.files - report.reused} anew) in ${report.elapsedMs} ms.`,
      );
      return report;
    },
  };
}
