import { Worker } from 'node:worker_threads';
import type { WorkerLink } from './supervisor.ts';

export interface WorkerOptions {
  /** Absolute path of the worker's bundle. */
  readonly file: string;
  /** Shown by debuggers and process explorers. */
  readonly name: string;
  /** The thread is ended when its JavaScript heap grows beyond this; typed arrays and WebAssembly do not count. */
  readonly maxHeapMb: number;
  /**
   * What V8 may take for objects that are new; a third of it is in use at a time. As much as it likes unless given: up to
   * 64 MB, which stay taken once a worker has been busy.
   */
  readonly maxYoungMb?: number | undefined;
}

export function startWorker({ file, name, maxHeapMb, maxYoungMb }: WorkerOptions): WorkerLink {
  const worker = new Worker(file, {
    name,
    resourceLimits: {
      maxOldGenerationSizeMb: maxHeapMb,
      ...(maxYoungMb !== undefined && { maxYoungGenerationSizeMb: maxYoungMb }),
    },
    // The editor's own switches are not all allowed in a worker.
    execArgv: [],
  });
  let lastError: Error | undefined;
  worker.on('error', (error) => {
    lastError = error instanceof Error ? error : new Error(String(error));
  });
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    onMessage: (listener) => {
      worker.on('message', listener);
    },
    onExit: (listener) => {
      worker.once('exit', (code) => {
        listener(lastError?.stack ?? `exit code ${code}`);
      });
    },
    async terminate() {
      await worker.terminate();
    },
  };
}
