import { parentPort } from 'node:worker_threads';
import type { Logger } from '../../core/ports/runtime.ts';
import type { HostServices } from '../../protocol/engine.ts';
import { connect } from '../../protocol/rpc/connection.ts';
import type { MethodKinds, Remote } from '../../protocol/rpc/remote.ts';
import { createHostLogger } from './hostLogger.ts';

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
