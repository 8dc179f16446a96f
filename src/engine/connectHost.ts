import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { Logger } from '../core/ports.ts';
import type { HostServices, IndexerService, QueryService } from '../protocol/engine.ts';
import { describeError } from './describeError.ts';

/**
 * Serves a worker's service to the extension host over the worker's port. Calls to the host are events: they are
 * sent in order and never waited for.
 */
export function connectHost(
  createService: (host: HostServices, log: Logger) => QueryService | IndexerService,
): void {
  const port = parentPort;
  if (!port) throw new Error('This file is a worker that the extension starts. Run bin/touchstone instead.');
  const send = <Name extends keyof HostServices>(
    name: Name,
    ...args: Parameters<HostServices[Name]>
  ): void => {
    void rpc.$callEvent(name, ...args);
  };
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
  };
  const rpc = createBirpc<HostServices, QueryService | IndexerService>(createService(host, logTo(host)), {
    post: (message) => {
      port.postMessage(message);
    },
    on: (listener) => {
      port.on('message', listener);
    },
    bind: 'functions',
    timeout: -1,
  });
}

function logTo(host: HostServices): Logger {
  const at = (level: Parameters<HostServices['log']>[0]) => (message: string, details?: unknown) => {
    if (details === undefined) host.log(level, message);
    else host.log(level, message, describeError(details));
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
