import { describe, expect, test } from 'vitest';
import { IgnoreRules } from '../../../src/core/indexing/ignoreRules.ts';
import { readExcludes } from '../../../src/core/indexing/excludeGlob.ts';
import { NO_OUTER_RULES, type OuterRules } from '../../../src/core/indexing/outerRules.ts';

const root = (text: string) => new IgnoreRules().within('', { '.gitignore': text });

describe('the default rules', () => {
  test.each(['node_modules/', 'a/b/node_modules/', '.venv/', 'src/__pycache__/'])(
    'leave out %s',
    (folder) => {
      expect(new IgnoreRules().ignores(folder)).toBe(true);
    },
  );

  test.each(['build/', 'dist/', 'out/', 'target/', 'vendor/', 'node_modules', 'src/'])('keep %s', (path) => {
    expect(new IgnoreRules().ignores(path)).toBe(false);
  });

  test('can be taken back', () => {
    const rules = root('!/fixtures/node_modules/');
    expect(rules.ignores('fixtures/node_modules/')).toBe(false);
    expect(rules.ignores('node_modules/')).toBe(true);
  });
});

describe('.gitignore', () => {
  test('patterns of a folder hold below it only', () => {
    const rules = root('*.log').within('sub', { '.gitignore': '*.tmp\n/top.txt\nx/y.txt' });
    expect(rules.ignores('sub/a.log')).toBe(true);
    expect(rules.ignores('sub/deep/a.tmp')).toBe(true);
    expect(rules.ignores('a.tmp')).toBe(false);
    expect(rules.ignores('sub/top.txt')).toBe(true);
    expect(rules.ignores('sub/deep/top.txt')).toBe(false);
    expect(rules.ignores('sub/x/y.txt')).toBe(true);
    expect(rules.ignores('sub/deep/x/y.txt')).toBe(false);
  });

  test('a deeper file overrides one further up, both ways', () => {
    const rules = root('*.log').within('keep', { '.gitignore': '!*.log' });
    expect(rules.ignores('keep/a.log')).toBe(false);
    expect(rules.within('keep/not', { '.gitignore': '*.log' }).ignores('keep/not/a.log')).toBe(true);
  });

  test('nothing below an ignored folder can be taken back', () => {
    expect(root('build/\n!build/keep.ts').ignores('build/keep.ts')).toBe(true);
    expect(root('build/*\n!build/keep.ts').ignores('build/keep.ts')).toBe(false);
  });

  test('comments, blank lines, escapes, CRLF and a byte order mark', () => {
    const rules = new IgnoreRules().within('s', {
      '.gitignore': '\ufeff*.a\r\n\r\n# *.b\r\n\\#c\r\n\\!d\r\n',
    });
    expect(['s/x.a', 's/#c', 's/!d'].map((path) => rules.ignores(path))).toEqual([true, true, true]);
    expect(['s/x.b', 's/# *.b', 's/x'].map((path) => rules.ignores(path))).toEqual([false, false, false]);
  });

  test.each(['a[b]', 'a*b', 'a?b', 'a b ', 'back\\slash', '#x', '!x'])('in a folder named %j', (folder) => {
    const rules = new IgnoreRules().within(folder, { '.gitignore': '*.log\n/only.txt' });
    expect(rules.ignores(`${folder}/x.log`)).toBe(true);
    expect(rules.ignores(`${folder}/only.txt`)).toBe(true);
    expect(rules.ignores('ab/x.log')).toBe(false);
    expect(rules.ignores('aXb/x.log')).toBe(false);
  });

  test('upper and lower case differ', () => {
    expect(root('Build/').ignores('build/')).toBe(false);
  });
});

describe('.touchstoneignore', () => {
  test('overrides .gitignore of any depth', () => {
    const rules = new IgnoreRules()
      .within('', { '.gitignore': 'generated/', '.touchstoneignore': '!generated/\n*.csv\n!*.log' })
      .within('sub', { '.gitignore': '!*.csv\n*.log' });
    expect(rules.ignores('generated/')).toBe(false);
    expect(rules.ignores('generated/a.ts')).toBe(false);
    expect(rules.ignores('sub/data.csv')).toBe(true);
    expect(rules.ignores('sub/a.log')).toBe(false);
  });

  test('can bring back a default folder', () => {
    const rules = new IgnoreRules().within('', { '.touchstoneignore': '!node_modules/\n' });
    expect(rules.ignores('node_modules/')).toBe(false);
    expect(rules.ignores('node_modules/a/index.js')).toBe(false);
  });
});

describe('what git tracks', () => {
  const paths = new Set([
    'a.log',
    'out/a.ts',
    'out/sub/b.ts',
    'node_modules/x/i.js',
    'mine/node_modules/x/a.log',
    'keep/c',
  ]);
  const tracked = {
    has: (path: string) => paths.has(path),
    hasBelow: (folder: string) => [...paths].some((path) => path.startsWith(`${folder}/`)),
  };
  const rules = (files: Parameters<IgnoreRules['within']>[1], more: Partial<OuterRules> = {}) =>
    new IgnoreRules({ ...NO_OUTER_RULES, tracked, ...more }).within('', files);
  const git = '*.log\nout/\nnode_modules/\n!mine/node_modules/\n';

  test('is kept whatever git’s files say, and nothing else with it', () => {
    const all = rules(
      { '.gitignore': git },
      { everywhere: ['keep\n'], repository: [{ folder: '', text: 'c' }] },
    );
    for (const path of ['a.log', 'out/', 'out/a.ts', 'out/sub/', 'out/sub/b.ts', 'keep/', 'keep/c']) {
      expect(all.ignores(path), path).toBe(false);
    }
    for (const path of ['b.log', 'out/b.ts', 'out/new/', 'out/sub/c.ts', 'keep/d']) {
      expect(all.ignores(path), path).toBe(true);
    }
  });

  test('stays out by default rules that git’s files do not take back, by the editor’s excludes and by our own file', () => {
    const ofGit = rules({ '.gitignore': git });
    expect(ofGit.ignores('node_modules/')).toBe(true);
    expect(ofGit.ignores('node_modules/x/i.js')).toBe(true);
    expect(ofGit.ignores('mine/node_modules/x/a.log')).toBe(false);
    expect(rules({ '.gitignore': git, '.touchstoneignore': 'out/' }).ignores('out/a.ts')).toBe(true);
    expect(rules({ '.gitignore': git, '.touchstoneignore': '!out/' }).ignores('out/new.ts')).toBe(false);
    const excludes = readExcludes([{ glob: '**/out' }, { glob: '**/c', when: '$(basename).ts' }]);
    const excluding = rules({ '.gitignore': git }, { excludes });
    expect(excluding.ignores('out/')).toBe(true);
    expect(excluding.ignores('keep/c', new Set(['c', 'c.ts']))).toBe(true);
  });

  test('of a repository inside is kept there, and rules of the one around end', async () => {
    const inner = { has: (path: string) => path === 'x.log', hasBelow: () => false };
    const outer = rules(
      { '.gitignore': '*.log\n/build\n' },
      {
        place: 'top',
        nested: () =>
          Promise.resolve({
            everywhere: ['/build'],
            repository: [{ folder: '', text: '*.LOG' }],
            tracked: inner,
            ignoresCase: true,
          }),
      },
    );
    const { rules: nested } = await outer.inNestedRepository('sub');
    expect(nested.ignores('sub/x.log')).toBe(false);
    expect(nested.ignores('sub/y.log')).toBe(true);
    expect(nested.ignores('sub/build')).toBe(true);
    expect(nested.ignores('sub/a/build')).toBe(false);
    expect(nested.within('sub', { '.gitignore': 'A' }).ignores('sub/a')).toBe(true);
  });

  test('something named .git that is no repository changes nothing', async () => {
    const outer = rules({ '.gitignore': '*.log' }, { nested: () => Promise.resolve(undefined) });
    expect((await outer.inNestedRepository('sub')).rules.ignores('sub/x.log')).toBe(true);
  });
});

test.each([
  ['AB', 'ab', true],
  ['*.Log', 'x.lOG', true],
  ['[A-C]x', 'bX', true],
  ['[[:upper:]]', 'q', true],
  ['[!a-c]x', 'Bx', false],
  ['Ä', 'ä', false],
])('letters of either case: %s matches %s: %s', (pattern, name, matches) => {
  const rules = new IgnoreRules({ ...NO_OUTER_RULES, ignoresCase: true }).within('', {
    '.gitignore': pattern,
  });
  expect(rules.ignores(name)).toBe(matches);
});
