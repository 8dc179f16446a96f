import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { discover } from '../../../src/core/indexing/discover.ts';
import { withoutSecretFiles } from '../../../src/core/secrets/withoutSecretFiles.ts';
import { DocumentMirror } from '../../../src/engine/query/queryFolder.ts';

let home: string;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-home-')));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

describe('a folder of credentials that is opened as such', () => {
  test.each([
    '.ssh',
    '.ssh/keys',
    '.aws',
    '.aws/sso/cache',
    '.kube',
    '.gnupg',
    '.docker',
    '.azure',
    '.config/gcloud',
    '.config/gh',
    '.password-store',
    '.oci',
  ])('attack: nothing in ~/%s is found or read', async (folder) => {
    mkdirSync(join(home, folder, 'more'), { recursive: true });
    for (const name of ['config', 'notes.md', 'more/token.txt']) writeFileSync(join(home, folder, name), 'x');
    symlinkSync(join(home, folder), join(home, 'project'));
    for (const opened of [join(home, folder), join(home, 'project'), join(home, folder, 'more')]) {
      const tree = await createNodeFileTree(opened);
      const { files, skipped } = await discover(tree);
      expect(files).toEqual([]);
      expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(['secret']));
      await expect(withoutSecretFiles(tree).read('config', 10)).rejects.toMatchObject({
        code: expect.stringMatching(/secret-path|ENOENT/) as string,
      });
    }
    const mirror = new DocumentMirror();
    mirror.open({ root: join(home, folder), path: 'notes.md' }, 1, 'x');
    expect([...mirror.texts(join(home, folder))]).toEqual([]);
  });

  test('a project beside it is what it was', async () => {
    mkdirSync(join(home, 'ssh', '.docker'), { recursive: true });
    for (const name of ['config', 'notes.md', '.docker/Dockerfile'])
      writeFileSync(join(home, 'ssh', name), 'x');
    const { files } = await discover(await createNodeFileTree(join(home, 'ssh')));
    expect(files.map(({ path }) => path)).toEqual(['.docker/Dockerfile', 'config', 'notes.md']);
  });
});
