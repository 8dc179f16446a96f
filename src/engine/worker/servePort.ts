import { parentPort } from 'node:worker_threads';
import type { Logger } from '../../core/ports/runtime.ts';
import type { HostServices } from '../../protocol/engine.ts';
import { connect } from '../../protocol/rpc/connection.ts';
import type { MethodKinds, Remote } from '../../protocol/rpc/remote.ts';
import { describeError } from './describeError.ts';

/** Serves a worker's service to the extension host over the worker's port. */
export function servePort<Host extends Pick<HostServices, 'log'>>(
  kinds: MethodKinds<Host>,
  createService: (host: Remote<Host>, log: Logger) => object,
): void {
  const port = parentPort;
  if (!port) throw new Error('This file is a worker that the extension starts. Run bin/touchstone instead.');
  const link = {
    post: (message: unknown) => {
      port.postMessage(message);
    },
    onMessage: (listener: (message: unknown) => void) => {
      port.on('message', listener);
    },
  };
  const { remote } = connect<Host>(link, {
    kinds,
    serve: (host) => createService(host, createHostLogger(host)),
    onEventError: (error, method) => {
      createHostLogger(remote).error(`${method} could not be handled`, error);
    },
  });
}

/** A worker's log: its entries go to the host's, errors as text. */
export function createHostLogger(host: Pick<HostServices, 'log'>): Logger {
  const at = (level: Parameters<HostServices['log']>[0]) => (message: string, details?: unknown) => {
    if (details === undefined) host.log(level, message);
    else host.log(level, message, describeError(details));
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
