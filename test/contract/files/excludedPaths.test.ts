import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, describe } from 'vitest';
import { DocumentMirror, openQueryFolder, type QueryFolder } from '../../../src/engine/query/queryFolder.ts';
import { IndexerEngine } from '../../../src/engine/indexer/indexerEngine.ts';
import { FolderContext } from '../../../src/engine/query/folderContext.ts';
import { silentLogger } from '../../support/silentLogger.ts';

let base: string;
let root: string;
let folder: QueryFolder;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-leftout-'));
  root = join(base, 'repository/app');
  await write({ 'src/gate.ts': 'export const gate = 1;\n', 'src/bell.ts': 'export const bell = 1;\n' });
  execFileSync('git', ['init', '-q', join(base, 'repository')]);
  const config = {
    root,
    store: join(base, 'store'),
    discovery: { excludes: [{ glob: '**/hidden' }], maxFileBytes: 1e6 },
  };
  const host = { indexStatus: () => undefined, committed: () => undefined };
  const indexer = new IndexerEngine(host, silentLogger);
  await indexer.open({ folders: [config], ledger: join(base, 'signals.sqlite') });
  await indexer.refresh({ fromScratch: false });
  await indexer.close();
  folder = await openQueryFolder(config, new DocumentMirror(), silentLogger);
  await folder.catchUp();
});

afterEach(async () => {
  await folder.close();
  await rm(base, { recursive: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

const asked = ['src/gate.ts', 'src/bell.ts', 'gone.ts'];

test('what is indexed, and what is gone, is not left out', async () => {
  expect(await folder.excluded(asked)).toEqual(new Set());
});

test.each([
  ['.gitignore', 'gate.ts'],
  ['src/.gitignore', '/gate.ts'],
  ['../.gitignore', 'app/src/gate.ts'],
  ['../.git/info/exclude', 'gate.ts'],
  ['.touchstoneignore', 'gate.ts'],
])('a rule in %s holds before anybody has indexed anew', async (file, rule) => {
  await write({ [file]: `${rule}\n` });
  expect(folder.paths()).toContain('src/gate.ts');
  expect(await folder.excluded(asked)).toEqual(new Set(['src/gate.ts']));
});

test('so do settings that have changed', async () => {
  await write({ 'hidden/a.ts': 'a' });
  folder.configure({ excludes: [{ glob: '**/bell.ts' }], maxFileBytes: 1e6 });
  expect(await folder.excluded(['hidden/a.ts', ...asked])).toEqual(new Set(['src/bell.ts']));
});

test('so do the editor’s excludes, and files for credentials are never in', async () => {
  await write({ 'hidden/a.ts': 'a', '.env': 'KEY=1', 'src/id_rsa': 'k' });
  const paths = ['hidden/a.ts', '.env', 'src/id_rsa'];
  expect(await folder.excluded([...paths, ...asked])).toEqual(new Set(paths));
});

describe.skipIf(process.platform === 'win32')('what a language server names by a link', () => {
  beforeEach(async () => {
    await write({
      '.gitignore': 'private/\n',
      'private/plan.ts': 'export const plan = 1;\n',
      '.ssh/plan.ts': 'export const plan = 1;\n',
      '../plan.ts': 'export const plan = 1;\n',
    });
  });

  test.each([
    ['a link to an ignored file', 'plan.ts', 'private/plan.ts', 'plan.ts'],
    ['a link to an ignored folder', 'open', 'private', 'open/plan.ts'],
    ['a link to a file for credentials', 'plan.ts', '.ssh/plan.ts', 'plan.ts'],
    ['a link to a folder for credentials', 'open', '.ssh', 'open/plan.ts'],
    ['a link out of the folder', 'plan.ts', '../plan.ts', 'plan.ts'],
    ['a link to a folder around it', 'up', '..', 'up/plan.ts'],
    ['a link to a link', 'plan.ts', 'second', 'plan.ts'],
    ['a link to what is indexed', 'plan.ts', 'src/gate.ts', 'plan.ts'],
    ['a path with a step back', 'open', 'private', 'src/../private/plan.ts'],
    ['a path out of the folder', 'open', 'private', '../plan.ts'],
  ])('attack: %s is not read', async (_, link, target, path) => {
    await symlink('private/plan.ts', join(root, 'second'));
    await symlink(target, join(root, link));
    const symbols = () => Promise.resolve([{ root, path, startLine: 1, endLine: 1 }]);
    const context = new FolderContext({ folders: [folder], symbols, log: silentLogger });
    const { hits } = await context.explain('where is `plan`?', 10, new AbortController().signal);
    expect(hits.map((hit) => hit.path)).not.toContain(path);
    expect(await folder.readLive(path)).toBeUndefined();
  });

  test('attack: nor is what becomes a link after it was judged', async () => {
    await rename(join(root, 'src/gate.ts'), join(root, 'gate.ts'));
    await symlink('../private/plan.ts', join(root, 'src/gate.ts'));
    expect(await folder.readLive('src/gate.ts')).toBeUndefined();
  });
});
