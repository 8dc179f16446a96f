import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { EngineClient } from '../../../src/host/engine/engineClient.ts';
import { startWorker } from '../../../src/host/engine/startWorker.ts';
import type { WorkerCrash, WorkerLink } from '../../../src/host/engine/supervisor.ts';
import { IndexStatusBoard } from '../../../src/host/indexStatus/indexStatusBoard.ts';
import type { IndexOverview } from '../../../src/host/indexStatus/indexOverview.ts';
import { systemClock } from '../../../src/core/async/systemClock.ts';
import type { Clock, Logger } from '../../../src/core/ports/runtime.ts';
import { buildProduct } from '../../architecture/rules/builtProduct.ts';
import { silentLogger } from '../../support/silentLogger.ts';

/** What a worker does, besides its work, when it is sent one of these messages. */
export type Fault = 'throw' | 'eat';

/** A file with this in it keeps whoever reads it for ever. */
export const ENDLESS = 'planted without end';

/** What keeps a query worker for ever: in a text that it reads, in a buffer, at a cursor, and in a path. */
export const ENDLESS_QUERIES = {
  read: 'read without end',
  buffer: 'compared without end',
  cursor: 'completed without end',
  path: 'endlessload',
} as const;

const FAULTY = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (message) => {
  if (message === 'throw') throw new Error('planted failure');
  if (message === 'eat') for (const hog = []; ; ) hog.push(new Array(100000).fill({}));
});
const { decode } = TextDecoder.prototype;
TextDecoder.prototype.decode = function (...args) {
  const text = decode.apply(this, args);
  if (text.includes('${ENDLESS}')) {
    parentPort.postMessage({ kind: 'event', method: 'log', args: ['info', '${ENDLESS}'] });
    for (;;);
  }
  return text;
};
`;

const FAULTY_QUERY = `
const spin = (what) => {
  parentPort.postMessage({ kind: 'event', method: 'log', args: ['info', what] });
  for (;;);
};
/** Has a method spin that meets what it never gets done with. */
const plant = (prototype, name, what, textOf) => {
  const { [name]: original } = prototype;
  prototype[name] = function (...args) {
    const result = original.apply(this, args);
    if (textOf(this, args, result).includes(what)) spin(what);
    return result;
  };
};
plant(TextDecoder.prototype, 'decode', '${ENDLESS_QUERIES.read}', (self, args, result) => result);
plant(TextEncoder.prototype, 'encode', '${ENDLESS_QUERIES.buffer}', (self, [text = '']) => text);
plant(String.prototype, 'charCodeAt', '${ENDLESS_QUERIES.cursor}', (self, [at]) => (at === 0 ? String(self) : ''));
plant(String.prototype, 'split', '${ENDLESS_QUERIES.path}', (self, [by]) => (by instanceof RegExp ? String(self) : ''));
`;

/** Builds the product for the tests of a file, with workers that also fail when told to; tells where, once they run. */
export function buildWithFaults(): { readonly dist: () => string } {
  let product: Awaited<ReturnType<typeof buildProduct>> | undefined;
  const dist = () => join(product?.folder ?? '', 'dist');
  beforeAll(async () => {
    product = await buildProduct();
    plantFaults(dist());
  });
  afterAll(() => product?.remove());
  return { dist };
}

/** Puts, beside each of the built workers, one that also fails when told to. */
function plantFaults(dist: string): void {
  for (const name of ['queryWorker', 'indexerWorker']) {
    const more = name === 'queryWorker' ? FAULTY_QUERY : '';
    writeFileSync(join(dist, `${name}.faulty.js`), `require('./${name}.js');${FAULTY}${more}`);
  }
}

export interface EngineUnderTest {
  readonly client: EngineClient;
  readonly crashes: readonly WorkerCrash[];
  /** The newest thread of each kind. */
  readonly threads: { readonly query: () => WorkerLink; readonly indexer: () => WorkerLink };
  /** Resolves once the board shows such a state. */
  shown(test: (overview: IndexOverview) => boolean): Promise<IndexOverview>;
}

/** The extension's engine with the built workers as real threads, but no editor around it; closed with the test. */
export function startEngine(
  dist: string,
  onCrash: (crash: WorkerCrash) => void = () => undefined,
  heapMb: () => number = () => 256,
  { clock = systemClock, log = silentLogger }: { readonly clock?: Clock; readonly log?: Logger } = {},
): EngineUnderTest {
  const board = new IndexStatusBoard();
  const crashes: WorkerCrash[] = [];
  const links: { query?: WorkerLink; indexer?: WorkerLink } = {};
  const start = (kind: 'query' | 'indexer') => () => {
    const file = join(dist, `${kind}Worker.faulty.js`);
    return (links[kind] = startWorker({ file, name: kind, maxHeapMb: heapMb() }));
  };
  const client = new EngineClient({
    startQuery: start('query'),
    startIndexer: start('indexer'),
    board,
    openDocuments: () => [],
    symbols: () => Promise.resolve([]),
    onCrash: (crash) => {
      crashes.push(crash);
      onCrash(crash);
    },
    log,
    clock,
  });
  onTestFinished(() => client.close());
  return {
    client,
    crashes,
    threads: { query: () => links.query!, indexer: () => links.indexer! },
    shown: (test) =>
      new Promise((resolve) => {
        const subscription = board.subscribe((overview) => {
          if (!test(overview)) return;
          resolve(overview);
          queueMicrotask(() => subscription.dispose());
        });
      }),
  };
}
