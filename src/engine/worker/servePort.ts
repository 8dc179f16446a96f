import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';

/** Calls the host by name. Such calls are events: they are sent in order and never waited for. */
export type SendToHost<Host extends object> = <Name extends keyof Host & string>(
  name: Name,
  ...args: Host[Name] extends (...args: infer Args) => unknown ? Args : never
) => void;

/** Asks the host by name. Rejects when the host fails, or has gone. */
export type AskHost<Host extends object> = <Name extends keyof Host & string>(
  name: Name,
  ...args: Host[Name] extends (...args: infer Args) => unknown ? Args : never
) => Promise<Host[Name] extends (...args: infer _) => infer Result ? Awaited<Result> : never>;

/** Serves a worker's service to the extension host over the worker's port. */
export function servePort<Host extends object>(
  createService: (send: SendToHost<Host>, ask: AskHost<Host>) => object,
): void {
  const port = parentPort;
  if (!port) throw new Error('This file is a worker that the extension starts. Run bin/touchstone instead.');
  const send: SendToHost<Host> = (name, ...args) => {
    void rpc.$callRaw({ method: name, args, event: true });
  };
  const ask: AskHost<Host> = async (name, ...args) =>
    (await rpc.$callRaw({ method: name, args })) as Awaited<ReturnType<typeof ask<typeof name>>>;
  const rpc = createBirpc<Host, object>(createService(send, ask), {
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
