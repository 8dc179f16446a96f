import { openSignalLedger } from '../../adapters/sqlite/signalLedger.ts';
import { StoreBusyError, StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { SignalLedger } from '../../core/ports/signalLedger.ts';
import { summarize } from '../../core/signals/summarize.ts';
import type { FeedbackSummary } from '../../core/signals/summary.ts';
import { localDay } from './localDay.ts';

/**
 * Opens the ledger. One that cannot be used stands in the way of nothing else: whoever asks it for something hears why,
 * and it is tried again then.
 */
export async function openLedger(file: string, log: Logger): Promise<SignalLedger> {
  try {
    return await openSignalLedger(file, log);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError) && !(error instanceof StoreBusyError)) throw error;
    log.error('What becomes of suggestions cannot be recorded', error);
    return new ReopenedLedger(() => openSignalLedger(file, log));
  }
}

/** What became of suggestions and answers in one workspace, from a ledger that is left as it is; it must be there. */
export async function readFeedback(file: string, workspace: string, log: Logger): Promise<FeedbackSummary> {
  const ledger = await openSignalLedger(file, log, { isReadOnly: true });
  try {
    return summarize(await ledger.read({ workspace }), localDay);
  } finally {
    await ledger.close();
  }
}

/** Opens a ledger when it is first used; while that fails, so does every use. */
class ReopenedLedger implements SignalLedger {
  readonly #open: () => Promise<SignalLedger>;
  #opening: Promise<SignalLedger> | undefined;

  constructor(open: () => Promise<SignalLedger>) {
    this.#open = open;
  }

  async append(...args: Parameters<SignalLedger['append']>): Promise<void> {
    await (await this.#opened()).append(...args);
  }

  async read(...args: Parameters<SignalLedger['read']>): ReturnType<SignalLedger['read']> {
    return (await this.#opened()).read(...args);
  }

  async clear(): Promise<void> {
    await (await this.#opened()).clear();
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    await opening?.then((ledger) => ledger.close());
  }

  #opened(): Promise<SignalLedger> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }
}
