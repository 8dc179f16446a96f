import { describe, expect, test } from 'vitest';
import {
  licenceViolations,
  lockViolations,
  pinViolations,
  undeclaredViolations,
  type LockedPackage,
  type Lockfile,
  type PackageManifest,
} from './rules/dependencies.ts';
import { plant, readJson, readSources } from './rules/sourceFiles.ts';

const manifest = readJson('package.json') as PackageManifest;

describe('dependencies', () => {
  test.each(['package.json', 'test/bench/package.json', 'test/bench/peers/package.json'])(
    'of %s are pinned to exact versions',
    (path) => {
      expect(pinViolations(readJson(path) as PackageManifest)).toEqual([]);
    },
  );

  test.each(['src', 'test'])('that are imported in %s are named by package.json', (folder) => {
    expect(undeclaredViolations(readSources(folder), manifest)).toEqual([]);
  });

  test.each([
    "import { a } from 'other';",
    "import type { A } from '@scope/other/deep.js';",
    "import 'other';",
    "import {\n  a,\n} from 'other';",
  ])('reports %s', (text) => {
    expect(undeclaredViolations(plant({ 'src/a.ts': text }), { dependencies: { a: '1.0.0' } })).toHaveLength(
      1,
    );
  });

  test('what is named, built in, of the editor or of our own passes', () => {
    const text =
      "import { b } from '@a/b/c';\nimport * as fs from 'node:fs';\nimport 'vscode';\nimport { a } from './a.ts';";
    const manifest = { devDependencies: { '@a/b': '1.0.0' } };
    expect(undeclaredViolations(plant({ 'src/a.ts': text }), manifest)).toEqual([]);
  });

  test('are locked to verified packages of the public registry', () => {
    expect(lockViolations(readJson('package-lock.json') as Lockfile, manifest)).toEqual([]);
  });

  test.each([
    '^1.2.3',
    '~1.2.3',
    '1.x',
    'latest',
    '*',
    'file:../a',
    'github:a/b',
    'npm:b@1.0.0',
    'https://a.b/c.tgz',
  ])('reports the version %s', (version) => {
    expect(pinViolations({ devDependencies: { a: version } })).toHaveLength(1);
  });

  test('exact versions and pre-releases are pins', () => {
    expect(pinViolations({ dependencies: { a: '1.2.3', b: '2.0.0-rc.1' } })).toEqual([]);
    expect(pinViolations({ dependencies: { 'typescript-native': 'npm:typescript@7.0.2' } })).toEqual([]);
    expect(pinViolations({ dependencies: { 'typescript-native': 'npm:other@7.0.2' } })).toHaveLength(1);
  });
});

describe('planted lock entries', () => {
  const sound: LockedPackage = { version: '1.2.3', integrity: 'sha512-x' };
  const check = (path: string, locked: LockedPackage) =>
    lockViolations({ lockfileVersion: 3, packages: { '': {}, [path]: locked } }, {});

  test('a sound one passes, with or without its address', () => {
    expect(check('node_modules/a', sound)).toEqual([]);
    const resolved = 'https://registry.npmjs.org/a/-/a-1.2.3.tgz';
    expect(check('node_modules/a', { ...sound, resolved })).toEqual([]);
  });

  test.each([
    ['another registry', 'node_modules/a', { ...sound, resolved: 'https://npm.example.com/a.tgz' }],
    [
      'a look-alike host',
      'node_modules/a',
      { ...sound, resolved: 'https://registry.npmjs.org.evil.io/a.tgz' },
    ],
    ['a repository', 'node_modules/a', { ...sound, resolved: 'git+ssh://git@github.com/a/b.git#123' }],
    ['plain http', 'node_modules/a', { ...sound, resolved: 'http://registry.npmjs.org/a/-/a-1.2.3.tgz' }],
    ['no checksum', 'node_modules/a', { version: '1.2.3' }],
    ['a weak checksum', 'node_modules/a', { version: '1.2.3', integrity: 'sha1-x' }],
    ['a linked folder', 'node_modules/a', { ...sound, link: true }],
    ['a folder of the repository', 'packages/a', sound],
    ['an odd version', 'node_modules/a', { ...sound, version: 'file:../a' }],
  ])('reports %s', (_, path, locked) => {
    expect(check(path, locked)).toHaveLength(1);
  });

  test('reports an outdated lock file', () => {
    const lock = { lockfileVersion: 3, packages: { '': { devDependencies: { a: '1.0.0' } } } };
    expect(lockViolations(lock, { devDependencies: { a: '1.0.0' } })).toEqual([]);
    expect(lockViolations(lock, { devDependencies: { a: '1.0.1' } })).toHaveLength(1);
    expect(lockViolations(lock, {})).toHaveLength(1);
    expect(lockViolations({ ...lock, lockfileVersion: 2 }, { devDependencies: { a: '1.0.0' } })).toHaveLength(
      1,
    );
  });
});

describe('licences', () => {
  test.each(['MIT', '(MPL-2.0 OR Apache-2.0)', '(MIT OR GPL-3.0-or-later)', '(MIT AND BSD-3-Clause)'])(
    '%s may ship',
    (licence) => {
      expect(licenceViolations({ a: licence })).toEqual([]);
    },
  );

  test.each([
    'GPL-3.0',
    'MPL-2.0',
    'UNLICENSED',
    '(MIT AND GPL-2.0)',
    'SEE LICENSE IN LICENSE.txt',
    undefined,
  ])('%s may not', (licence) => {
    expect(licenceViolations({ a: licence })).toHaveLength(1);
  });
});
