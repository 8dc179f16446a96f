import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';

/** Calls the host by name. Such calls are events: they are sent in order and never waited for. */
export type SendToHost<Host extends object> = <Name extends keyof Host & string>(
  name: Name,
  ...args: Host[Name] extends (...args: infer Args) => unknown ? Args : never
) => void;

/** Serves a worker's service to the extension host over the worker's port. */
export function servePort<Host extends object>(createService: (send: SendToHost<Host>) => object): void {
  const port = parentPort;
  if (!port) throw new Error('This file is a worker that the extension starts. Run bin/touchstone instead.');
  const send: SendToHost<Host> = (name, ...args) => {
    void rpc.$callRaw({ method: name, args, event: true });
  };
  const rpc = createBirpc<Host, object>(createService(send), {
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
