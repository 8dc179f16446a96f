import { expect, test } from 'vitest';
import { isGitFile } from '../../../src/core/shared/gitFiles.ts';

const NAMES = ['info/exclude', 'config', 'index'];

test.each([
  '.git/config',
  'inner/.git/info/exclude',
  '.git/modules/lib/index',
  '.git/modules/deep/lib/info/exclude',
  'a/.git/worktrees/b/index',
])('%s is one', (path) => {
  expect(isGitFile(path, NAMES)).toBe(true);
});

test.each([
  'config',
  'src/index',
  '.git/HEAD',
  '.git/objects/index',
  '.git/modules/config',
  'my.git/config',
  '.git/refs/heads/config',
  '.git/xconfig',
])('%s is none', (path) => {
  expect(isGitFile(path, NAMES)).toBe(false);
});
