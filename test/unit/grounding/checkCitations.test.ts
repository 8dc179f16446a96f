import { describe, expect, it } from 'vitest';
import { checkCitations } from '../../../src/core/grounding/checkCitations.ts';

const FILE = [
  '/** Adds two *big* numbers. */',
  'function add(a, b) {',
  '  if (a) {',
  '    return a + b;',
  '  }',
  '}',
].join('\n');
const FENCED = ['Text', '```sh', 'run', '```', 'End'].join('\n');

async function isSupported(answer: string, startLine = 1, endLine = 6, path = 'a.js'): Promise<boolean> {
  const files: Readonly<Record<string, string>> = { 'a.js': FILE, 'b.md': FENCED };
  const citation = { number: 1, path, startLine, endLine };
  const { checked, supported } = await checkCitations(answer, [citation], (name) =>
    Promise.resolve(files[name]),
  );
  expect(checked).toBe(1);
  return supported === 1;
}

describe('checkCitations', () => {
  it('accepts code of the range, whatever its indentation', async () => {
    expect(await isSupported('See [1].\n\n```js\nfunction add(a, b) {\n  if (a) {\n```')).toBe(true);
    expect(await isSupported('See [1].\n\n   ```js\n   if (a) {\n     return a + b;\n   ```')).toBe(true);
  });

  it('attack: refuses code that is not there, is changed, or is outside of the range', async () => {
    expect(await isSupported('See [1].\n```js\nfunction sub(a, b) {\n```')).toBe(false);
    expect(await isSupported('See [1].\n```js\nif (a) {\nreturn a + b;\n```')).toBe(false);
    expect(await isSupported('See [1].\n```js\nfunction add(a, b) {\n```', 3, 6)).toBe(false);
    expect(await isSupported('See [1].\n```js\nfunction add(a, b) {\n```\nand\n```js\nnot this\n```')).toBe(
      false,
    );
  });

  it('accepts prose of comments, and refuses other prose', async () => {
    expect(await isSupported('See [1].\n\n> Adds two \\*big\\* numbers.')).toBe(true);
    expect(await isSupported('See [1].\n\n> Adds three numbers.')).toBe(false);
  });

  it.each([
    [0, 3],
    [4, 3],
    [1, 7],
    [7, 7],
  ])('refuses the range %i-%i that the file does not have', async (startLine, endLine) => {
    expect(await isSupported('See [1].', startLine, endLine)).toBe(false);
  });

  it('attack: refuses a file that is gone', async () => {
    expect(await isSupported('See [1].', 1, 1, 'gone.js')).toBe(false);
  });

  it('accepts a range that nothing is quoted from', async () => {
    expect(await isSupported('Nothing of note.')).toBe(true);
  });

  it('tells fences within code from fences around it', async () => {
    const answer = 'See [1].\n````md\nText\n```sh\nrun\n```\n````';
    expect(await isSupported(answer, 1, 5, 'b.md')).toBe(true);
    expect(await isSupported(answer.replace('run', 'walk'), 1, 5, 'b.md')).toBe(false);
  });

  it('assigns quotes to the last number before them, none within code', async () => {
    const answer =
      'First [1] and `x[9]`.\n```js\nfunction add(a, b) {\n```\nThen [2].\n```js\nelsewhere();\n```';
    expect(await isSupported(answer)).toBe(true);
  });

  it('checks nothing when nothing is cited', async () => {
    expect(await checkCitations('Hello [1]', [], () => Promise.resolve(undefined))).toEqual({
      checked: 0,
      supported: 0,
    });
  });
});
