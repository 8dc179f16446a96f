import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNodeFileTree } from '../../../src/adapters/files/nodeFileTree.ts';
import { discover } from '../../../src/core/indexing/discover.ts';

const RUNS = 150;
const SEED = 20_261_121;

let root: string;

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'touchstone-ignore-')));
  execFileSync('git', ['init', '--quiet', root]);
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

/** Paths of the files that git would add, in code-unit order. */
function keptByGit(): readonly string[] {
  const listed = execFileSync(
    'git',
    ['-c', 'core.excludesFile=/dev/null', 'ls-files', '-z', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8' },
  );
  return listed
    .split('\0')
    .filter((path) => path !== '')
    .sort();
}

async function keptByUs(): Promise<readonly string[]> {
  const { files } = await discover(await createNodeFileTree(root));
  return files.map(({ path }) => path);
}

async function lay(files: Readonly<Record<string, string>>): Promise<void> {
  for (const name of await readdir(root)) {
    if (name !== '.git') await rm(join(root, name), { recursive: true, force: true });
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

const name = fc.constantFrom(
  'a',
  'b',
  'Ab',
  'a.t',
  'b.t',
  '.h',
  'x y',
  'x ',
  '#c',
  '!d',
  'a-b',
  '[a]',
  'étude',
  'a*',
);
const FOLDERS = ['a', 'b', 'Ab', 'x y', '[a]', 'c'];
const folder = fc.array(fc.constantFrom(...FOLDERS), { maxLength: 3 }).map((names) => names.join('/'));

// Not tried: what git's own matcher decides by accident, such as `a**/b` (undefined before 2.41) and an escaped slash, and
// classes that meet characters outside ASCII, of which git counts the bytes.
const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    'Ab',
    'c',
    'a.t',
    '.h',
    'x y',
    'x\\ ',
    '\\#c',
    '\\!d',
    '#c',
    '!d',
    '\\[a\\]',
    'étude',
    'a\\*',
  ],
  ...['*', '**', '?', '*.t', 'a*', '?b', '[ab]', '[!a]', '[^a]', '[a-c]*', '*[b]', '[a'],
  ...['[[:alpha:]]*', '[[:digit:]!]d', '[]a]', '[!]a]', 'a[.]t', '[c-a]', '***', '*a*b', 'a*t', '\\*', '?*'],
);
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '!', '/', '!/'),
    fc.array(piece, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '', '/', '/**', '/*', ' ', '\\ ', '\t', '//'),
  )
  .map(([start, pieces, end]) => start + pieces.join('/') + end);
const ruleFile = fc
  .tuple(fc.array(pattern, { minLength: 1, maxLength: 5 }), fc.constantFrom('\n', '\n', '\r\n'))
  .map(([patterns, lineBreak]) => patterns.join(lineBreak) + lineBreak);

const files = fc
  .array(fc.tuple(folder, name), { minLength: 4, maxLength: 14 })
  .map((places) => places.map(([around, file]) => (around === '' ? `${file}.f` : `${around}/${file}.f`)));
const bare = fc
  .array(fc.tuple(folder, name), { minLength: 2, maxLength: 10 })
  .map((places) => places.map(([around, file]) => (around === '' ? file : `${around}/${file}`)))
  .map((paths) => paths.filter((path) => !FOLDERS.includes(path.slice(path.lastIndexOf('/') + 1))));
const tree = fc
  .tuple(files, bare, fc.array(fc.tuple(folder, ruleFile), { minLength: 1, maxLength: 3 }))
  .map(([suffixed, plain, rules]) => ({
    ...Object.fromEntries([...suffixed, ...plain].map((path) => [path, ''])),
    ...Object.fromEntries(
      rules.map(([around, text]) => [around === '' ? '.gitignore' : `${around}/.gitignore`, text]),
    ),
  }));

test('the same files are left out as git leaves out, whatever the rules', async () => {
  await fc.assert(
    fc.asyncProperty(tree, async (laid) => {
      await lay(laid);
      expect(await keptByUs()).toEqual(keptByGit());
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
