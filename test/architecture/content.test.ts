import { expect, test } from 'vitest';
import { contentViolations } from './rules/content.ts';
import { plant, readSources } from './rules/sourceFiles.ts';

test('no file holds what belongs nowhere', () => {
  expect(contentViolations(readSources())).toEqual([]);
});

test.each([
  ['any', 'src/core/a.ts', 'export const a = (x: any) => x;'],
  ['any in a cast', 'src/core/a.ts', 'export const a = {} as Record<string, any>;'],
  ['a default export', 'src/core/a.ts', 'export default function a() {}'],
  ['a default export of a value', 'src/core/a.ts', 'const a = 1;\nexport default a;'],
  ['a default export by name', 'src/core/a.ts', 'const a = 1;\nexport { a as default };'],
  ['a barrel', 'src/core/a.ts', "export * from './b.ts';"],
  ['a re-export', 'src/core/a.ts', "export { b } from './b.ts';"],
  ['an open end', 'src/core/a.ts', '// TODO: later\nexport const a = 1;'],
  ['a prompt', 'src/engine/a.ts', "const text = 'You are a helpful coding assistant.';"],
  ['a prompt in a template', 'src/engine/a.ts', 'const text = `Answer only from these files: ${files}`;'],
  ['a vague name', 'src/core/text/stringUtils.ts', ''],
  ['an index file', 'src/core/text/index.ts', ''],
  ['a manager', 'src/host/indexManager.ts', ''],
])('reports %s', (_, path, text) => {
  expect(contentViolations(plant({ [path]: text }))).toHaveLength(1);
});

test.each([
  ['a prompt in its place', 'src/core/prompts/ask.ts', "export const ask = 'You are a coding assistant.';"],
  ['the word in a comment', 'src/core/a.ts', '// Takes any number.\nexport const any = 1;'],
  ['a folder called indexing', 'src/core/indexing/indexer.ts', 'export const a = 1;'],
  ['a local export list', 'src/core/a.ts', 'const a = 1;\nexport { a };'],
])('allows %s', (_, path, text) => {
  expect(contentViolations(plant({ [path]: text }))).toEqual([]);
});
