import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Logger } from '../../../src/core/ports/runtime.ts';
import { LOOK_MS, MOST_SILENT_LOOKS } from '../../../src/host/engine/watchdog.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { engineConfig, filledPlace } from './engineOnDisk.ts';
import { ENDLESS, type EngineUnderTest, buildWithFaults, startEngine } from './engineUnderTest.ts';

const { dist } = buildWithFaults();

const ready = ({ client }: EngineUnderTest, root: string, path: string) =>
  vi.waitFor(async () => expect(await client.skipped(root)).toContainEqual({ path, reason: 'set aside' }));

describe('a worker that never gets done with a file', () => {
  test('attack: is ended, and does without the file until that changes, in other processes as well', async () => {
    const place = filledPlace();
    const file = join(place.root, 'endless.ts');
    writeFileSync(file, `// ${ENDLESS}\n`);
    const clock = new FakeClock();
    let hangs = 0;
    const log: Logger = {
      ...silentLogger,
      info: (message) => {
        if (message === ENDLESS) hangs++;
      },
    };
    const engine = startEngine(dist(), undefined, undefined, { clock, log });
    await engine.client.open(engineConfig(place));
    await vi.waitFor(() => expect(hangs).toBe(1));
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
    expect(hangs).toBe(1);

    const next = startEngine(dist(), undefined, undefined, { log });
    await next.client.open(engineConfig(place));
    await ready(next, root, 'endless.ts');
    writeFileSync(file, 'export const atLast = 1;\n');
    next.client.touch(root, ['endless.ts']);
    await vi.waitFor(async () =>
      expect((await next.client.skipped(root)).map(({ path }) => path)).not.toContain('endless.ts'),
    );
    expect(hangs).toBe(1);
    rmSync(file);
  });
});
