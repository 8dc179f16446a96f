import { describe, expect, it } from 'vitest';
import { fileKind, isDeclaration, versionOf } from '../../../../src/core/retrieval/ranking/fileKind.ts';

describe('fileKind', () => {
  it.each([
    'package-lock.json',
    'a/yarn.lock',
    'pnpm-lock.yaml',
    'Cargo.lock',
    'go.sum',
    'poetry.lock',
    'Gemfile.lock',
    'Package.resolved',
    'bun.lockb',
    'npm-shrinkwrap.json',
    'gradle.lockfile',
    'packages.lock.json',
    '.terraform.lock.hcl',
  ])('takes %s for a lock file', (path) => {
    expect(fileKind(path)).toMatchObject({ isLock: true, isData: true });
  });

  it.each(['lock.ts', 'src/block.rs', 'clock.py', 'locksmith.go', 'lock/index.ts'])(
    'takes %s for code',
    (path) => {
      expect(Object.values(fileKind(path))).not.toContain(true);
    },
  );

  it.each(['a.drawio', 'b.csv', 'c.svg', 'README', 'docs.md', 'page.html.in'])(
    'takes %s for prose',
    (path) => {
      expect(fileKind(path).isProse).toBe(true);
    },
  );

  it('knows tests, examples and copies by their folders', () => {
    expect(fileKind('test/a.ts').isTest).toBe(true);
    expect(fileKind('examples/a.ts').isAside).toBe(true);
    expect(fileKind('vendor/a/b.go').isAside).toBe(true);
    expect(fileKind('contest/attest.ts')).toMatchObject({ isTest: false, isAside: false });
  });
});

it('isDeclaration knows headers and stubs', () => {
  expect(['a.h', 'a.d.ts', 'a.pyi', 'a.mli'].every(isDeclaration)).toBe(true);
  expect(['a.c', 'a.ts', 'h.py'].some(isDeclaration)).toBe(false);
});

it('versionOf tells versions of the same folder apart', () => {
  expect(versionOf('src/v3/types.ts')).toEqual({ folder: 'src', version: 3, unversioned: 'src/types.ts' });
  expect(versionOf('v10/a.ts')).toEqual({ folder: '', version: 10, unversioned: 'a.ts' });
  expect(versionOf('src/valid/a.ts')).toBeUndefined();
});
