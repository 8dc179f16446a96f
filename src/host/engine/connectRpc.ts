import { createBirpc, type BirpcReturn } from 'birpc';
import type { HostServices } from '../../protocol/engine.ts';
import type { WorkerLink } from './workerLink.ts';

export type Rpc<Remote extends object, Local extends object = HostServices> = BirpcReturn<Remote, Local>;

/**
 * Typed calls in both directions over a worker's message port. The names in `events` are sent without waiting for
 * a reply; every other call waits as long as it takes and is rejected when the connection is closed.
 */
export function connectRpc<Remote extends object, Local extends object = HostServices>(
  link: WorkerLink,
  services: Local,
  events: readonly (keyof Remote)[],
): Rpc<Remote, Local> {
  return createBirpc<Remote, Local>(services, {
    post: (message) => {
      link.post(message);
    },
    // Returns nothing: a promise here would let the first call be overtaken by a later event.
    on: (listener) => {
      link.onMessage(listener);
    },
    eventNames: [...events],
    timeout: -1,
  });
}
