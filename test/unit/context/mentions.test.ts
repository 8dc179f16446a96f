import { describe, expect, test } from 'vitest';
import { mentionsIn } from '../../../src/core/context/mentions.ts';

const paths = [
  'src/a.ts',
  'src/b/a.ts',
  'lib/list.test.ts',
  'Makefile',
  'docs/guide.md',
  'x/util.js',
  'y/util.js',
  'z/util.js',
  'w/util.js',
];
const mentioned = (question: string) => mentionsIn(question, paths);

describe('a question mentions', () => {
  test.each([
    ['a path', 'What does src/a.ts do?', ['src/a.ts']],
    ['the end of a path', 'What does b/a.ts do?', ['src/b/a.ts']],
    ['every file of a name, when they are few', 'What is in a.ts?', ['src/a.ts', 'src/b/a.ts']],
    ['no file of a name that very many have', 'What is in util.js?', []],
    ['a path as Windows writes it', String.raw`Look at src\a.ts.`, ['src/a.ts']],
    ['a path from the current folder', 'Look at ./src/a.ts', ['src/a.ts']],
    ['a file of two endings', 'Why does list.test.ts fail?', ['lib/list.test.ts']],
    ['a marked file without an ending', 'Explain #file:Makefile', ['Makefile']],
    ['a file marked with an at sign', 'Explain @docs/guide.md, please', ['docs/guide.md']],
    [
      'several, in its order, each once',
      'docs/guide.md or src/a.ts or docs/guide.md?',
      ['docs/guide.md', 'src/a.ts'],
    ],
    ['no word that looks like one', 'e.g. the config.load() of version 1.2 and Makefile', []],
    ['no file that is not there', 'What is in src/c.ts?', []],
  ])('%s', (_, question, expected) => {
    expect(mentioned(question).map(({ path }) => path)).toEqual(expected);
  });

  test.each([
    ['a line', 'src/a.ts:12', { startLine: 12, endLine: 12 }],
    ['lines', 'src/a.ts:12-20.', { startLine: 12, endLine: 20 }],
    ['lines as a link has them', '@src/a.ts#L12-L20', { startLine: 12, endLine: 20 }],
    ['lines the wrong way round', 'src/a.ts:20-12', { startLine: 20, endLine: 20 }],
  ])('%s of a file', (_, question, lines) => {
    expect(mentioned(question)).toEqual([{ path: 'src/a.ts', lines }]);
  });
});
