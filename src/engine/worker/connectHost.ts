import type { Logger } from '../../core/ports/runtime.ts';
import type { HostServices, IndexerService, QueryService } from '../../protocol/engine.ts';
import { createHostLogger } from './hostLogger.ts';
import { servePort } from './servePort.ts';

/** Serves one of the two lasting workers' services to the extension host. */
export function connectHost(
  createService: (host: HostServices, log: Logger) => QueryService | IndexerService,
): void {
  servePort<HostServices>((send, ask) => {
    const host: HostServices = {
      log: (...args) => {
        send('log', ...args);
      },
      indexStatus: (...args) => {
        send('indexStatus', ...args);
      },
      committed: (...args) => {
        send('committed', ...args);
      },
      answerPart: (...args) => {
        send('answerPart', ...args);
      },
      indexDamaged: (...args) => {
        send('indexDamaged', ...args);
      },
      symbols: (...args) => ask('symbols', ...args),
    };
    return createService(host, createHostLogger(host));
  });
}
