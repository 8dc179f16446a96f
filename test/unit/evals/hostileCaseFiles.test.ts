import { describe, expect, test } from 'vitest';
import { parseCaseFile } from '../../../src/evals/authored/parseCaseFile.ts';

const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at));

describe('a case file that is wrong from end to end', () => {
  test.each([
    ['30,000 unknown keys', lines(30_000, (at) => `key${at}: 1`)],
    ['3,000 unknown keys', lines(3_000, (at) => `key${at}: 1`)],
    ['3,000 keys of the same name', lines(3_000, () => 'key: 1')],
    [
      '30,000 unknown keys of one case',
      ['chat:', '  - question: why', ...lines(30_000, (at) => `    k${at}: 1`)],
    ],
    ['3,000 cases that are none', ['chat:', ...lines(3_000, (at) => `  - q${at}: 1`)]],
    ['3,000 anchors', lines(3_000, (at) => `k${at}: &a${at} 1`)],
    ['30,000 lists in each other', ['['.repeat(30_000) + ']'.repeat(30_000)]],
    ['30,000 lists that do not end', ['['.repeat(30_000)]],
    ['500 indented mappings', lines(500, (at) => `${' '.repeat(at)}k:`)],
    ['a key of 600,000 blanks', [`"${' '.repeat(600_000)}": 1`]],
    ['600,000 quotes', ['"'.repeat(600_000)]],
  ])('attack: %s are told in a few problems', (_, text) => {
    const { problems } = parseCaseFile(text.join('\n'));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(201);
  });
});

test('a key that is there twice is said to be, with its place', () => {
  const { problems } = parseCaseFile('tags: [a]\ntags: [b]\n');
  expect(problems).toMatchObject([{ line: 2, message: 'This is not valid YAML: Map keys must be unique.' }]);
});

test('the first unknown keys are named one by one', () => {
  const { problems } = parseCaseFile(lines(300, (at) => `key${at}: 1`).join('\n'));
  expect(problems).toHaveLength(201);
  expect(problems.map(({ message }) => message)).toContain(
    'There is more wrong than the first 200 problems.',
  );
  expect(problems.find(({ line }) => line === 17)?.message).toContain('`key16`');
});
