import { BroadcastChannel } from 'node:worker_threads';
import type { EndpointRest, EndpointRests } from '../../core/ports/endpointRests.ts';

const CHANNEL = 'touchstone.endpoint-rests';

/** Between the threads of this process: query worker, indexer and evaluation each have a model client. */
export function createThreadRests(): EndpointRests {
  const channel = new BroadcastChannel(CHANNEL);
  // Listening keeps no thread alive.
  channel.unref();
  return {
    announce: (rest) => {
      channel.postMessage(rest);
    },
    listen: (listener) => {
      channel.onmessage = (message: unknown) => {
        listener((message as { readonly data: EndpointRest }).data);
      };
      channel.unref();
    },
  };
}
