import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../support/seededRandom.ts';
import { openReader } from '../crash/engineOnDisk.ts';
import { openIndex } from '../crash/openIndex.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';
import { problemsOf } from './expectTiled.ts';
import { writeOddFiles, type OddFile } from './oddFiles.ts';

function place() {
  const base = temporaryFolder();
  const root = join(base, 'root');
  mkdirSync(root);
  return { root, directory: join(base, 'store'), ledger: join(base, 'ledger.sqlite') };
}

async function indexed(root: string, directory: string, files: readonly OddFile[]) {
  const { store, indexer } = await openIndex(root, directory);
  const report = await indexer.refresh();
  expect(await problemsOf(store, report, files)).toEqual([]);
  const again = await indexer.refresh();
  const { files: count, chunks, skipped } = report;
  expect(again).toMatchObject({ files: count, chunks, skipped, reused: count });
  await store.close();
  return report;
}

describe('files that no person would write', () => {
  it.each([1, 2, 3])('(seed %i) are indexed whole or left out, and searches go on', async (seed) => {
    const { root, directory, ledger } = place();
    const files = writeOddFiles(root, 120, seededRandom(seed));
    expect(files.length).toBeGreaterThan(80);
    const report = await indexed(root, directory, files);
    expect(report.files).toBeGreaterThan(30);
    const reader = await openReader({ root, directory, ledger });
    await reader.catchUp();
    for (const { path } of files.slice(0, 20)) expect(await reader.search(path, 5)).toBeInstanceOf(Array);
    expect((await reader.search('const function über', 5)).length).toBeGreaterThan(0);
  });

  it('with names that are not Unicode are left out', async () => {
    if (process.platform !== 'linux') return;
    const { root, directory } = place();
    writeFileSync(
      Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff, 0xc3]), Buffer.from('.ts')]),
      'export {};\n',
    );
    writeFileSync(join(root, 'good.ts'), 'export {};\n');
    const report = await indexed(root, directory, [{ path: 'good.ts', bytes: Buffer.from('export {};\n') }]);
    expect(report).toMatchObject({ files: 1, skipped: [{ reason: 'unreadable' }] });
  });
});

describe('a line of 50 MB', () => {
  it('is left out at once', async () => {
    const { root, directory } = place();
    const bytes = Buffer.alloc(50 << 20, 'x');
    writeFileSync(join(root, 'line.ts'), bytes);
    writeFileSync(join(root, 'short.ts'), 'export {};\n');
    const report = await indexed(root, directory, [{ path: 'line.ts', bytes }]);
    expect(report).toMatchObject({ files: 1, skipped: [{ path: 'line.ts', reason: 'too large' }] });
  });
});

describe('links and special files', () => {
  it('that lead in circles, outside and nowhere are left out', async () => {
    const { root, directory } = place();
    mkdirSync(join(root, 'a/b'), { recursive: true });
    const bytes = Buffer.from('export const inside = 1;\n');
    writeFileSync(join(root, 'a/b/file.ts'), bytes);
    const links = { 'a/b/up': '..', 'a/self': 'self', 'a/root': root, 'a/there': '../back', back: 'a/there' };
    const outward = { 'a/etc': '/etc', 'a/nowhere': '/no/such/place', 'a/again.ts': 'b/file.ts' };
    for (const [path, target] of Object.entries({ ...links, ...outward }))
      symlinkSync(target, join(root, path));
    if (process.platform === 'linux') execFileSync('mkfifo', [join(root, 'a/pipe.ts')]);
    const report = await indexed(root, directory, [{ path: 'a/b/file.ts', bytes }]);
    expect(report.files).toBe(1);
    const paths = report.skipped.filter(({ reason }) => reason === 'link').map(({ path }) => path);
    expect(paths.toSorted()).toEqual([...Object.keys(links), ...Object.keys(outward)].toSorted());
  });
});
