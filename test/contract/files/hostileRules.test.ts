import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readGitRules } from '../../../src/adapters/files/gitRules.ts';
import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { discover, discoverPaths } from '../../../src/core/indexing/discover.ts';
import { countRules } from '../../../src/core/shared/ruleLimits.ts';

const isPosix = process.platform !== 'win32';
const GIGABYTE = 2 ** 30;

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'touchstone-rules-')));
  mkdirSync(join(root, 'sub'));
  writeFileSync(join(root, 'a.ts'), 'export const a = 1;\n');
  writeFileSync(join(root, 'sub', 'b.ts'), 'export const b = 1;\n');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function sparse(file: string, bytes: number): void {
  writeFileSync(file, 'b.ts\n');
  truncateSync(file, bytes);
}

function manyRules(count: number): string {
  return Array.from({ length: count }, (_, at) => `rule-${at}`).join('\n');
}

const found = async () => discover(await createNodeFileTree(root));
const paths = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);

describe.each(['.gitignore', '.touchstoneignore'])('a %s beyond all measure', (name) => {
  test.each([
    [
      'of 3 GB',
      (file: string) => {
        sparse(file, 3 * GIGABYTE);
      },
    ],
    [
      'of 400 MB',
      (file: string) => {
        sparse(file, 400 * 2 ** 20);
      },
    ],
    [
      'of a byte too much',
      (file: string) => {
        sparse(file, 2 ** 20 + 1);
      },
    ],
    [
      'of 300,000 rules',
      (file: string) => {
        writeFileSync(file, manyRules(300_000));
      },
    ],
    [
      'of one rule too much',
      (file: string) => {
        writeFileSync(file, manyRules(10_001));
      },
    ],
  ])('attack: %s is not read, and its folder is left out and named', async (_, make) => {
    make(join(root, 'sub', name));
    const { files, skipped } = await found();
    expect(paths(files)).toEqual(['a.ts']);
    expect(skipped).toEqual([
      { path: 'sub/', reason: 'too many rules' },
      { path: `sub/${name}`, reason: 'too many rules' },
    ]);
    const alone = await discoverPaths(await createNodeFileTree(root), ['sub/b.ts']);
    expect(alone.files).toEqual([]);
    expect(alone.skipped).toContainEqual({ path: `sub/${name}`, reason: 'too many rules' });
  });

  test('attack: in the folder itself leaves it out', async () => {
    sparse(join(root, name), 3 * GIGABYTE);
    expect(await found()).toEqual({ files: [], skipped: [{ path: name, reason: 'too many rules' }] });
  });

  test('as large as may be holds', async () => {
    writeFileSync(join(root, name), `${manyRules(9_999)}\n# a remark\n\nb.ts\n`);
    expect(paths((await found()).files)).not.toContain('sub/b.ts');
  });

  test.runIf(isPosix)(
    'that is a link or a pipe is not waited for, and rules nothing, as in git',
    async () => {
      for (const make of [
        (file: string) => {
          symlinkSync('/dev/zero', file);
        },
        (file: string) => {
          symlinkSync('/dev/tty', file);
        },
        (file: string) => {
          symlinkSync(join(root, 'pipe'), file);
        },
        (file: string) => execFileSync('mkfifo', [file]),
      ]) {
        rmSync(join(root, 'pipe'), { force: true });
        execFileSync('mkfifo', [join(root, 'pipe')]);
        make(join(root, 'sub', name));
        expect(paths((await found()).files)).toEqual(['a.ts', 'sub/b.ts']);
        rmSync(join(root, 'sub', name));
      }
    },
  );

  test.runIf(isPosix)(
    'attack: is not opened when a pipe takes its place after it was looked at',
    async () => {
      execFileSync('mkfifo', [join(root, 'sub', name)]);
      const tree = await createNodeFileTree(root);
      await expect(tree.read(`sub/${name}`, 1000)).rejects.toMatchObject({ code: 'not-regular' });
    },
  );
});

test('attack: the rules of files one below the other count together', async () => {
  writeFileSync(join(root, '.gitignore'), manyRules(6_000));
  writeFileSync(join(root, 'sub', '.gitignore'), manyRules(6_000));
  const { files, skipped } = await found();
  expect(paths(files)).toEqual(['.gitignore', 'a.ts']);
  expect(skipped).toContainEqual({ path: 'sub/', reason: 'too many rules' });
});

describe("git's own files", () => {
  const rules = () => readGitRules(join(root, 'sub'), { env: {}, home: join(root, 'home') });

  beforeEach(() => {
    mkdirSync(join(root, '.git', 'info'), { recursive: true });
    mkdirSync(join(root, 'home', '.config', 'git'), { recursive: true });
    writeFileSync(join(root, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  });

  test.each([
    '.git/HEAD',
    '.git/info/exclude',
    '.git/config',
    '.gitignore',
    'home/.gitconfig',
    'home/.config/git/ignore',
  ])('attack: %s is not read when it is beyond all measure, which is said', async (name) => {
    sparse(join(root, name), 3 * GIGABYTE);
    await expect(rules()).rejects.toMatchObject({ code: 'too-large' });
    await expect(rules()).rejects.toThrow(join(root, name));
  });

  test.each(['.git/info/exclude', '.gitignore', 'home/.config/git/ignore'])(
    '%s does not hold a rule too much',
    async (name) => {
      writeFileSync(join(root, name), manyRules(10_001));
      await expect(rules()).rejects.toMatchObject({ code: 'too-many-rules' });
    },
  );

  test('attack: count together', async () => {
    for (const name of ['.git/info/exclude', '.gitignore']) writeFileSync(join(root, name), manyRules(6_000));
    await expect(rules()).rejects.toMatchObject({ code: 'too-many-rules' });
  });

  test.runIf(isPosix)('attack: that are pipes or devices are not waited for', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    for (const target of ['/dev/zero', '/dev/tty', join(root, 'pipe')]) {
      for (const name of ['.git/info/exclude', '.gitignore']) symlinkSync(target, join(root, name));
      writeFileSync(join(root, '.git', 'config'), `[core]\nexcludesFile = ${target}\n`);
      expect(await rules()).toMatchObject({ place: 'sub', everywhere: [], repository: [] });
      for (const name of ['.git/info/exclude', '.gitignore']) rmSync(join(root, name));
    }
  });

  test.runIf(isPosix)('that the user has linked to where they keep them are followed', async () => {
    writeFileSync(join(root, 'home', 'kept'), '*.swap\n');
    symlinkSync('../../kept', join(root, 'home', '.config', 'git', 'ignore'));
    expect((await rules()).everywhere).toEqual(['*.swap\n']);
  });
});

test('remarks and empty lines are no rules', () => {
  expect(countRules('# a\n\n  \r\nb\n!c\r\n\\#d')).toBe(3);
});

test('attack: a walk under many rules makes way for others, and ends when it is cancelled', async () => {
  writeFileSync(
    join(root, '.gitignore'),
    Array.from({ length: 9_000 }, (_, at) => `*-rule-${at}`).join('\n'),
  );
  for (let at = 0; at < 500; at++) writeFileSync(join(root, `file-${at}.ts`), '');
  const abort = new AbortController();
  // Set off before the walk has begun: it comes to its turn only if the walk lets it.
  setImmediate(() => {
    setImmediate(() => {
      abort.abort(new Error('cancelled in between'));
    });
  });
  const walk = discover(await createNodeFileTree(root), { signal: abort.signal });
  await expect(walk).rejects.toThrow('cancelled in between');
});
