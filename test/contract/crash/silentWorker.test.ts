import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { wholeAnswer } from '../../../src/core/chat/answer.ts';
import type { Logger } from '../../../src/core/ports/runtime.ts';
import { LOOK_MS, MOST_SILENT_LOOKS } from '../../../src/host/engine/watchdog.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { engineConfig, filledPlace } from './engineOnDisk.ts';
import {
  ENDLESS,
  ENDLESS_QUERIES,
  type EngineUnderTest,
  buildWithFaults,
  startEngine,
} from './engineUnderTest.ts';

const { dist } = buildWithFaults();

const ready = ({ client }: EngineUnderTest, root: string, path: string) =>
  vi.waitFor(async () => expect(await client.skipped(root)).toContainEqual({ path, reason: 'set aside' }));

/** Counts how often a worker has told that it hangs at what is marked so. */
function countHangs(marker: string): { readonly log: Logger; readonly hangs: () => number } {
  let count = 0;
  const info = (message: string) => {
    if (message === marker) count++;
  };
  return { log: { ...silentLogger, info }, hangs: () => count };
}

describe('a worker that never gets done with a file', () => {
  test('attack: is ended, and does without the file until that changes, in other processes as well', async () => {
    const place = filledPlace();
    const file = join(place.root, 'endless.ts');
    writeFileSync(file, `// ${ENDLESS}\n`);
    const clock = new FakeClock();
    const { log, hangs } = countHangs(ENDLESS);
    const engine = startEngine(dist(), undefined, undefined, { clock, log });
    await engine.client.open(engineConfig(place));
    await vi.waitFor(() => expect(hangs()).toBe(1));
    const root = place.root;
    for (let look = 0; look < MOST_SILENT_LOOKS + 2; look++) {
      clock.advance(LOOK_MS);
      // The other worker is well, and has its time to say so.
      await engine.client.search('anything', 1);
    }
    await vi.waitFor(() => expect(engine.crashes).toHaveLength(1));
    expect(engine.crashes[0]).toMatchObject({
      worker: 'indexer',
      wasSilent: true,
      restartInMs: 250,
      setAside: { root, path: 'endless.ts' },
    });
    clock.advance(1000);
    await ready(engine, root, 'endless.ts');
    expect(hangs()).toBe(1);

    const next = startEngine(dist(), undefined, undefined, { log });
    await next.client.open(engineConfig(place));
    await ready(next, root, 'endless.ts');
    writeFileSync(file, 'export const atLast = 1;\n');
    next.client.touch(root, ['endless.ts']);
    await vi.waitFor(async () =>
      expect((await next.client.skipped(root)).map(({ path }) => path)).not.toContain('endless.ts'),
    );
    expect(hangs()).toBe(1);
    rmSync(file);
  });
});

/** What a query worker is to do with a file, and never gets done with. */
interface EndlessWork {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly marker: string;
  /** What makes the worker do it, also after a restart; it may fail. */
  readonly work: (client: EngineUnderTest['client'], root: string) => Promise<unknown>;
}

const { signal } = new AbortController();
const GATE = 'export function openEndlessGate() {}\n';
const endlessWork: readonly EndlessWork[] = [
  {
    name: 'reads for an answer',
    path: 'read.ts',
    text: `${GATE}// ${ENDLESS_QUERIES.read}\n`,
    marker: ENDLESS_QUERIES.read,
    work: (client) => wholeAnswer(client.ask('Where is openEndlessGate?', {}, signal)),
  },
  {
    name: 'loads from the index',
    path: `${ENDLESS_QUERIES.path}.ts`,
    text: GATE,
    marker: ENDLESS_QUERIES.path,
    work: (client) => client.search('openEndlessGate', 1),
  },
  {
    name: 'completes in',
    path: 'cursor.ts',
    text: GATE,
    marker: ENDLESS_QUERIES.cursor,
    work: async (client, root) => {
      const document = { root, path: 'cursor.ts' };
      client.openDocument(document, 1, `${ENDLESS_QUERIES.cursor}\n`);
      return client.complete({ document, version: 1, offset: 3 }, signal);
    },
  },
  {
    name: 'compares with what is typed',
    path: 'buffer.ts',
    text: GATE,
    marker: ENDLESS_QUERIES.buffer,
    work: async (client, root) => {
      client.openDocument({ root, path: 'buffer.ts' }, 1, `${GATE}// ${ENDLESS_QUERIES.buffer}\n`);
      return client.search('openEndlessGate', 1);
    },
  },
];

describe('a worker that answers questions and never gets done with a file', () => {
  test.each(endlessWork)('attack: that it $name is ended, and does without it', async (each) => {
    const { path, text, marker, work } = each;
    const place = filledPlace();
    const { root } = place;
    const clock = new FakeClock();
    const { log, hangs } = countHangs(marker);
    const engine = startEngine(dist(), undefined, undefined, { clock, log });
    writeFileSync(join(root, path), text);
    await engine.client.open(engineConfig(place));
    // The index may not be there yet, and buffers are looked at when nobody types in them for a moment.
    const isHung = () => {
      work(engine.client, root).catch(() => undefined);
      expect(hangs()).toBe(1);
    };
    await vi.waitFor(isHung, { interval: 600 });
    for (let look = 0; look < MOST_SILENT_LOOKS + 2; look++) {
      clock.advance(LOOK_MS);
      await engine.client.skipped(root);
    }
    await vi.waitFor(() => expect(engine.crashes).toHaveLength(1));
    expect(engine.crashes[0]).toMatchObject({
      worker: 'query worker',
      wasSilent: true,
      restartInMs: 250,
      setAside: { root, path },
    });
    clock.advance(1000);
    await ready(engine, root, path);
    await vi.waitFor(() => work(engine.client, root));
    expect(await engine.client.search('openEndlessGate', 1)).not.toContainEqual(
      expect.objectContaining({ path }),
    );
    expect(hangs()).toBe(1);
    expect(engine.crashes).toHaveLength(1);
  });
});
