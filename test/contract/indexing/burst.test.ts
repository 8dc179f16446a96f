import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DocumentMirror, openQueryFolder, type QueryFolder } from '../../../src/engine/query/queryFolder.ts';
import { IndexerFolder } from '../../../src/engine/indexer/indexerFolder.ts';
import { PathBatch } from '../../../src/host/workspace/pathBatch.ts';
import type { FolderConfig, IndexStatus } from '../../../src/protocol/engine.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { silentLogger } from '../../support/silentLogger.ts';

const FILES = 10_000;
const FOLDERS = 100;

let base: string;
let config: FolderConfig;
let indexer: IndexerFolder;
let reader: QueryFolder;
let statuses: IndexStatus[];
let commits: number;

const pathOf = (n: number) => `src/m${n % FOLDERS}/file${n}.ts`;
const textOf = (n: number, branch: string) => `export const ${branch}Value${n} = ${n};\n`;
const found = async (query: string) => (await reader.search(query, 5)).map(({ path }) => path);

async function checkOut(branch: string, numbers: readonly number[]): Promise<void> {
  for (let from = 0; from < numbers.length; from += 500) {
    const some = numbers.slice(from, from + 500);
    await Promise.all(some.map((n) => writeFile(join(config.root, pathOf(n)), textOf(n, branch))));
  }
}

const all = Array.from({ length: FILES }, (_, n) => n);

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-burst-'));
  config = { root: join(base, 'root'), store: join(base, 'store') };
  for (let n = 0; n < FOLDERS; n++) await mkdir(join(config.root, `src/m${n}`), { recursive: true });
  await checkOut('main', all);
  statuses = [];
  commits = 0;
  const host = {
    indexStatus: (_: string, status: IndexStatus) => statuses.push(status),
    committed: () => commits++,
  };
  indexer = await IndexerFolder.open(config, host, silentLogger);
  await indexer.refresh({ fromScratch: false });
  reader = await openQueryFolder(config, new DocumentMirror(), silentLogger);
  await reader.catchUp();
});

afterAll(async () => {
  await reader.close();
  await indexer.close();
  await rm(base, { recursive: true });
});

test('a checkout that changes ten thousand files is one pass and a handful of messages', async () => {
  statuses.length = 0;
  commits = 0;
  const clock = new FakeClock();
  const passes: Promise<void>[] = [];
  const batch = new PathBatch(clock, (_, paths) => passes.push(indexer.touch(paths)));
  await checkOut('feature', all);
  for (const n of all) batch.add(config.root, pathOf(n));
  clock.advance(500);
  await Promise.all(passes);
  expect(passes).toHaveLength(1);
  expect(statuses.filter(({ state }) => state === 'ready')).toHaveLength(1);
  expect(commits).toBeLessThanOrEqual(4);
  await reader.catchUp();
  expect((await found('featureValue4321'))[0]).toBe(pathOf(4321));
  const stale = await reader.search('main', 50);
  expect(stale.filter(({ legs }) => legs.lexical !== undefined)).toEqual([]);
});

test('what changed while nobody looked is found by comparing everything', async () => {
  await rename(join(config.root, pathOf(7)), join(config.root, 'src/moved.ts'));
  await rm(join(config.root, pathOf(8)));
  await rm(join(config.root, 'src/m9'), { recursive: true });
  await writeFile(join(config.root, '.gitignore'), '/src/m10/\n');
  await writeFile(join(config.root, 'src/new.ts'), 'export const brandNewThing = 1;\n');
  await indexer.touch(['']);
  await reader.catchUp();
  expect(await found('featureValue7')).toContain('src/moved.ts');
  expect((await found('brandNewThing'))[0]).toBe('src/new.ts');
  for (const n of [8, 9, 10]) expect(await found(`featureValue${n}`)).not.toContain(pathOf(n));
});
