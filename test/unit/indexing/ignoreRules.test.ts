import { describe, expect, test } from 'vitest';
import { IgnoreRules } from '../../../src/core/indexing/ignoreRules.ts';

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
