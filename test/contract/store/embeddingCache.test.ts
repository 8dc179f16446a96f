import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEmbeddingCache } from '../../../src/adapters/sqlite/embeddingCache.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { startScript } from '../../support/startScript.ts';
import { recordingLogger } from './recordingLogger.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const EMBEDDER = new URL('./children/embedder.ts', import.meta.url);
const DAY_MS = 24 * 60 * 60 * 1000;
const a = Float32Array.of(1, 2, 3);
const b = Float32Array.of(-0.5, 0, 1e-7);
const file = () => join(temporaryFolder(), 'embeddings.sqlite');
const open = (path: string, options: { now?: () => number; maxBytes?: number } = {}) =>
  openEmbeddingCache({ file: path, log: silentLogger, now: () => 0, ...options });

describe('an embedding cache', () => {
  it('gives back what it was given, to whoever opens the file', async () => {
    const path = file();
    const cache = open(path);
    await cache.keep('e', ['one', 'two'], [a, b]);
    expect(await cache.recall('e', ['two', 'three', 'one'])).toEqual([b, undefined, a]);
    await cache.close();
    const again = open(path);
    expect(await again.recall('e', ['one'])).toEqual([a]);
    await again.close();
  });

  it('never mixes embedders', async () => {
    const cache = open(file());
    await cache.keep('e', ['one'], [a]);
    expect(await cache.recall('f', ['one'])).toEqual([undefined]);
    await cache.close();
  });

  it('forgets what was not used for the longest time when it is full', async () => {
    let now = 0;
    const cache = open(file(), { now: () => now, maxBytes: 1_100_000 });
    const texts = (day: number) => Array.from({ length: 50 }, (_, at) => `${String(day)} ${String(at)}`);
    const known = async (day: number) =>
      (await cache.recall('e', texts(day))).filter((vector) => vector !== undefined).length;
    const wide = new Float32Array(512).fill(1);
    await cache.keep(
      'e',
      texts(0),
      texts(0).map(() => wide),
    );
    for (let day = 1; day <= 6; day++) {
      now = day * DAY_MS;
      // In use every day, so never the oldest.
      expect(await known(0)).toBe(50);
      await cache.keep(
        'e',
        texts(day),
        texts(day).map(() => wide),
      );
    }
    expect(await known(0)).toBe(50);
    expect(await known(6)).toBe(50);
    expect(await known(1)).toBe(0);
    await cache.close();
  });

  it('begins anew when its file is damaged, and says where the old one is', async () => {
    const path = file();
    writeFileSync(path, 'not a database, and longer than any header of one'.repeat(100));
    const log = recordingLogger();
    const cache = openEmbeddingCache({ file: path, log, now: () => 0 });
    expect(await cache.recall('e', ['one'])).toEqual([undefined]);
    await cache.keep('e', ['one'], [a]);
    expect(await cache.recall('e', ['one'])).toEqual([a]);
    expect(log.messages).toEqual([expect.stringContaining('begin anew')]);
    await cache.close();
  });

  it('keeps everything it said it kept when processes that share it are killed', async () => {
    const path = file();
    const children = ['x', 'y'].map((name) => ({ name, child: startScript(EMBEDDER, path, name) }));
    await Promise.all(children.map(({ child }) => child.printed((line) => Number(line) >= 50)));
    for (const { child } of children) child.kill();
    const cache = open(path);
    for (const { name, child } of children) {
      const { by, lines } = await child.ended;
      expect(by).toBe('SIGKILL');
      const safe = Number(lines.at(-1));
      const texts = Array.from({ length: safe }, (_, at) => `${name} ${String(at)}`);
      expect(await cache.recall('e', texts)).toEqual(texts.map((_, at) => Float32Array.of(at, 1)));
    }
    await cache.close();
  });
});
