import { expect, it } from 'vitest';
import { languageTag } from '../../../src/core/text/languageTag.ts';

it.each([
  ['src/a.ts', 'ts'],
  ['a.test.mjs', 'js'],
  ['tool.PY', 'python'],
  ['Dockerfile', 'dockerfile'],
  ['build/Makefile', 'makefile'],
  ['LICENSE', ''],
  ['.gitignore', ''],
  ['a.b`c', 'bc'],
])('tags %s as %j', (path, tag) => {
  expect(languageTag(path)).toBe(tag);
});
