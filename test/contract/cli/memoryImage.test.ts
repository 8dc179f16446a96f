import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTouchstone } from '../../support/runTouchstone.ts';

let base: string;
let workspace: string;
let store: string;
const touchstone = (...args: readonly string[]) => runTouchstone([...args, '--store', store]);
/** The image's own file, `undefined` when there is none: a new one has another number. */
const image = async () => (await stat(join(store, 'memory.image')).catch(() => undefined))?.ino;
const search = async (...more: readonly string[]) => {
  const { code, out, err } = await touchstone(
    'search',
    workspace,
    'keeper3part7',
    '-k',
    '3',
    '--json',
    ...more,
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as unknown;
};

/** Each makes some fifteen chunks. */
async function writeFiles(from: number, to: number): Promise<void> {
  for (let number = from; number < to; number++) {
    const functions = Array.from(
      { length: 120 },
      (_, at) => `export function keeper${number}part${at}(first) {\n  return store.put(first, ${at});\n}\n`,
    );
    await writeFile(join(workspace, `file${number}.ts`), functions.join('\n'));
  }
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-cli-image-'));
  [workspace, store] = [join(base, 'workspace'), join(base, 'store')];
  await mkdir(workspace);
  await writeFiles(0, 150);
});
afterAll(() => rm(base, { recursive: true }));

test('whoever builds an index in memory leaves it to the next command, which builds it no more', async () => {
  await touchstone('index', workspace);
  const first = await search('--no-index');
  expect(await image(), 'a folder used as it is stays as it is').toBeUndefined();

  expect(await search()).toEqual(first);
  const left = await image();
  expect(left).toBeDefined();

  expect(await search()).toEqual(first);
  expect(await search('--no-index')).toEqual(first);
  const line = ['--file', join(workspace, 'file3.ts'), '--offset', '20'];
  expect((await touchstone('complete', workspace, ...line, '--json')).code).toBe(0);
  expect(await image(), 'nothing changed, so nothing is written').toBe(left);

  await writeFiles(150, 160);
  const { out } = await touchstone('search', workspace, 'keeper155part3', '-k', '1');
  expect(out).toContain('file155.ts');
  expect(await image(), 'enough changed').not.toBe(left);
});

test('a damaged image costs time and nothing else', async () => {
  const before = await search();
  await writeFile(join(store, 'memory.image'), 'no image');
  const { code, out } = await touchstone('search', workspace, 'keeper3part7', '-k', '3', '--json');
  expect({ code, hits: JSON.parse(out) as unknown }).toEqual({ code: 0, hits: before });
  expect((await stat(join(store, 'memory.image'))).size).toBeGreaterThan(100);
});
