import type { IndexWriter } from '../ports.ts';
import type { IndexerDependencies, RefreshOptions, RefreshReport } from './refresh.ts';
import { RefreshPass, type RejectedFiles } from './refreshPass.ts';

/** Keeps the index of one folder up to date. */
export interface Indexer {
  /**
   * Brings the index up to date with the files. Rejects with the signal's reason when aborted; what was committed
   * until then stays, and the next refresh goes on from there.
   */
  refresh(options?: RefreshOptions): Promise<RefreshReport>;
}

export function createIndexer(dependencies: IndexerDependencies): Indexer {
  const { store, clock, log } = dependencies;
  const rejected: RejectedFiles = new Map();
  return {
    async refresh(options = {}) {
      const started = clock.now();
      const work = (writer: IndexWriter) =>
        new RefreshPass({ ...dependencies, writer, rejected }, options).run();
      const outcome = await store.write(work, options.signal);
      const report = { ...outcome, elapsedMs: clock.now() - started };
      log.info(
        `Indexed ${report.files} files (${report.files - report.reused} anew) in ${report.elapsedMs} ms.`,
      );
      return report;
    },
  };
}
