import type { Logger } from '../../core/ports/runtime.ts';
import type { HostServices } from '../../protocol/engine.ts';
import { describeError } from './describeError.ts';

/** A worker's log: its entries go to the host's, errors as text. */
export function createHostLogger(host: Pick<HostServices, 'log'>): Logger {
  const at = (level: Parameters<HostServices['log']>[0]) => (message: string, details?: unknown) => {
    if (details === undefined) host.log(level, message);
    else host.log(level, message, describeError(details));
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
