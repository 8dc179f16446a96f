import { describe, expect, test, vi } from 'vitest';
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

/** Pieces that YAML has a meaning for, again and again. */
const PIECES: Readonly<Record<string, (characters: number) => string>> = {
  ...Object.fromEntries(
    [
      '! ',
      '&a ',
      '? ',
      '- ',
      '-\n',
      ':',
      ': ',
      '---\n',
      '...\n',
      '%',
      '\r',
      '[a,',
      '{a: ',
      '*a ',
      '<<: ',
      '"\\',
    ].map((piece) => [JSON.stringify(piece), (characters) => piece.repeat(characters / piece.length)]),
  ),
  'ordered maps': (characters) => `chat: !!omap [${keys(characters / 10)}]`,
  'ordered maps of YAML 1.1': (characters) => `%YAML 1.1\n---\nchat: !!omap [${keys(characters / 10)}]`,
  sets: (characters) => `chat: !!set {${keys(characters / 10)}}`,
  'pairs of an older YAML': (characters) => `%YAML 1.1\n---\nchat: !!pairs [${keys(characters / 10)}]`,
  'merges of YAML 1.1': (characters) =>
    `%YAML 1.1\n---\nx: &x {${keys(characters / 20)}}\nchat:\n${'  - <<: *x\n'.repeat(characters / 20)}`,
  'a merge of itself': () => '%YAML 1.1\n---\na: &a\n  <<: *a\nchat: *a\n',
  'an alias of itself': () => 'chat: &a\n  - *a\n',
  'code of other languages': () =>
    'chat: !!js/function "x"\ntags: !<tag:yaml.org,2002:python/object:os.system> [a]\n',
  'numbers, lists and mappings as keys': () => '1: 2\n0x10: 3\n~: 5\n[a, b]: 6\n{a: b}: 7\n? - deep\n: 8\n',
  'names of every object': () =>
    '__proto__: {chat: []}\nconstructor: 1\nchat:\n  - __proto__: {question: x}\n',
  'a number without an end': (characters) => `chat: ${'9'.repeat(characters)}`,
  'bytes in text': (characters) => `chat: !!binary ${'QUJD'.repeat(characters / 4)}`,
  'a scalar without an end': (characters) => `chat: "${'x\n'.repeat(characters / 2)}`,
};

function keys(count: number): string {
  return lines(count, (at) => `k${at}: 1`).join(', ');
}

test.each(Object.entries(PIECES))('attack: a file of cases of %s is no case, and says so', (_, make) => {
  const { problems, chat, completion, retrieval } = parseCaseFile(make(20_000));
  expect([chat, completion, retrieval]).toEqual([[], [], []]);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(201);
});

test('attack: nothing is written to the terminal of what a library warns of', () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  parseCaseFile('? ["\u009b2J"]\n: 1\n%TAG\n!x y: 1\n');
  parseCaseFile('? ["\u009b2J"]\n: !unknown 1\n');
  expect(warned).not.toHaveBeenCalled();
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
