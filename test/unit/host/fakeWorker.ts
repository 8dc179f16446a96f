import { hostKinds, type HostServices } from '../../../src/protocol/engine.ts';
import { connect } from '../../../src/protocol/rpc/connection.ts';
import type { Remote } from '../../../src/protocol/rpc/remote.ts';
import type { WorkerLink } from '../../../src/host/engine/supervisor.ts';

export interface FakeWorker extends WorkerLink {
  /** Calls from the worker to the host. */
  readonly host: Remote<HostServices>;
  readonly terminated: boolean;
  /** Ends the thread as a crash would. */
  crash(reason?: string): void;
}

/** A worker without a thread: serves `implementation` over copied messages, as a message port would. */
export function createFakeWorker(implementation: object): FakeWorker {
  const toHost: ((message: unknown) => void)[] = [];
  const toWorker: ((message: unknown) => void)[] = [];
  const onExit: ((reason: string) => void)[] = [];
  let alive = true;
  let terminated = false;
  const deliver = (listeners: readonly ((message: unknown) => void)[], message: unknown) => {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => {
      if (alive) for (const listener of listeners) listener(copy);
    });
  };
  const end = (reason: string) => {
    if (!alive) return;
    alive = false;
    for (const listener of onExit) listener(reason);
  };
  const { remote: host } = connect<HostServices>(
    {
      post: (message) => deliver(toHost, message),
      onMessage: (listener) => void toWorker.push(listener),
    },
    {
      kinds: hostKinds,
      serve: () => implementation,
      onEventError: (error) => {
        throw error;
      },
    },
  );
  return {
    host,
    get terminated() {
      return terminated;
    },
    crash: (reason = 'out of memory') => end(reason),
    post: (message) => deliver(toWorker, message),
    onMessage: (listener) => void toHost.push(listener),
    onExit: (listener) => void onExit.push(listener),
    terminate: () => {
      terminated = true;
      end('terminated');
      return Promise.resolve();
    },
  };
}
