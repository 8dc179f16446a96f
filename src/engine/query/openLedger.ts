import { openSignalLedger } from '../../adapters/sqlite/signalLedger.ts';
import { StoreUnavailableError } from '../../core/errors/storeErrors.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { SignalLedger } from '../../core/ports/signalLedger.ts';

/**
 * Opens the ledger, or stands in for one that cannot be used: whoever asks it for something hears why. All else goes on
 * without it.
 */
export async function openLedger(file: string, log: Logger): Promise<SignalLedger> {
  try {
    return await openSignalLedger(file, log);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    log.error('What becomes of suggestions cannot be recorded', error);
    const refuse = () => Promise.reject(error);
    return { append: refuse, read: refuse, clear: refuse, close: () => Promise.resolve() };
  }
}
