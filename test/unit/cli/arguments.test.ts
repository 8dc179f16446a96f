import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../../src/cli/arguments.ts';
import { UsageError } from '../../../src/cli/usageError.ts';

describe('parseArguments', () => {
  test('reads positionals, flags and numbers', () => {
    const args = parseArguments('search', [
      '.',
      'a query',
      '-k',
      '5',
      '--json',
      '--no-index',
      '--store',
      '/s',
    ]);
    expect(args).toMatchObject({
      positionals: ['.', 'a query'],
      count: 5,
      json: true,
      index: false,
      store: '/s',
    });
  });

  test('indexes, prints for people and returns ten results unless told otherwise', () => {
    expect(parseArguments('index', ['.'])).toMatchObject({
      index: true,
      json: false,
      count: 10,
      fromScratch: false,
    });
  });

  test.each([
    ['an unknown option', ['--fast']],
    ['a count of zero', ['-k', '0']],
    ['a count that is no number', ['-k', 'many']],
    ['a negative offset', ['--offset=-1']],
    ['an offset with a fraction', ['--offset', '1.5']],
    ['an offset of nothing, as an unset variable gives', ['--offset=']],
    ['a store without a name, which would be the current folder', ['--store', '']],
    ['what only other commands take', ['--queries', 'q.jsonl']],
  ])('refuses %s', (_, argv) => {
    expect(() => parseArguments('complete', argv)).toThrow(UsageError);
  });

  test('refuses to leave an index as it is while making it', () => {
    expect(() => parseArguments('index', ['.', '--no-index'])).toThrow('index does not take --no-index');
  });
});
