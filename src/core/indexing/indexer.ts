import { StoreCorruptError } from '../errors/storeErrors.ts';
import { createTimeSlice } from '../async/timeSlice.ts';
import {
  type IndexerDependencies,
  type RefreshOptions,
  RefreshPass,
  type RefreshReport,
  type RejectedFiles,
} from './refreshPass.ts';
import { OpenEmbedder } from './vectors/openEmbedder.ts';
import { VectorPass, type VectorPassOptions } from './vectors/vectorPass.ts';

/** Keeps the index of one folder up to date: first its words, then its vectors. */
export interface Indexer {
  /**
   * Brings the index up to date with the files, as far as words go. Rejects with the signal's reason when aborted; what
   * was committed until then stays, and the next refresh goes on from there. What turns out to be damaged is made
   * anew, once; rejects with a `StoreCorruptError` when that is damaged too.
   */
  refresh(options?: RefreshOptions): Promise<RefreshReport>;
  /**
   * Makes the vectors that the index lacks. May run beside a refresh, whose files it then takes in as well, but not
   * twice at a time. Ends early and deals with damage as `refresh` does.
   */
  embed(options?: VectorPassOptions): Promise<void>;
}

export function createIndexer(dependencies: IndexerDependencies): Indexer {
  const { store, clock, log, method, vectors } = dependencies;
  const rejected: RejectedFiles = new Map();
  const embedders = new OpenEmbedder(method, store);

  async function refresh(options: RefreshOptions): Promise<RefreshReport> {
    const started = clock.now();
    const outcome = await store.write(
      (writer) => new RefreshPass({ ...dependencies, writer, rejected }, options).run(),
      options.signal,
    );
    const report = { ...outcome, elapsedMs: clock.now() - started };
    log.info(
      `Indexed ${report.files} files (${report.files - report.reused} anew) in ${report.elapsedMs} ms.`,
    );
    return report;
  }

  async function repair(problem: unknown, options: RefreshOptions): Promise<RefreshReport> {
    if (!(problem instanceof StoreCorruptError)) throw problem;
    log.warn('A part of the stored index is damaged and is made anew', problem);
    return refresh({ ...options, repair: true });
  }

  function embed(options: VectorPassOptions): Promise<void> {
    const pace = createTimeSlice(options.signal);
    return new VectorPass({ store, method, embedders, vectors, pace }, options).run();
  }

  return {
    refresh: (options = {}) => refresh(options).catch((problem: unknown) => repair(problem, options)),
    embed: (options = {}) =>
      embed(options).catch(async (problem: unknown) => {
        await repair(problem, { ...(options.signal && { signal: options.signal }) });
        await embed(options);
      }),
  };
}
