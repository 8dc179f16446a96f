import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readExcludes } from '../../../src/core/indexing/excludeGlob.ts';
import { matchesNames, parseGitPattern } from '../../../src/core/indexing/gitPattern.ts';
import { IgnoreRules } from '../../../src/core/indexing/ignoreRules.ts';
import { countRules, MAX_RULES } from '../../../src/core/shared/ruleLimits.ts';

function matches(pattern: string, path: string): boolean {
  const parsed = parseGitPattern(pattern);
  return parsed !== undefined && matchesNames(parsed, path.split('/'), 0);
}

describe('a pattern', () => {
  test.each([
    ['a', 'x/a', true],
    ['/a', 'x/a', false],
    ['a/b', 'x/a/b', false],
    ['*.t', 'x/a.t', true],
    ['a*c*e', 'abcde', true],
    ['a*c*e', 'abcdef', false],
    ['*', 'x', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['**/b', 'b', true],
    ['**/b', 'a/x/b', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**', 'a', false],
    ['a/**', 'a/x/y', true],
    ['a**b/c', 'axxb/c', true],
    ['a**b/c', 'a/b/c', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[^a-c]x', 'dx', true],
    ['[]a]x', ']x', true],
    ['[c-a]x', 'cx', true],
    ['[c-a]x', 'bx', false],
    ['[a-]x', '-x', true],
    ['[[:digit:]_]x', '7x', true],
    ['[[:digit:]_]x', 'ax', false],
    ['[[:nonsense:]]x', 'nx', false],
    ['[[:a]x', ':x', true],
    ['[\\]]x', ']x', true],
    ['[a', '[a', false],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a\\', 'a', false],
    ['a ', 'a', true],
    ['a\\ ', 'a ', true],
    ['a\\  ', 'a ', true],
    ['\\#a', '#a', true],
    ['a//b', 'a/b', false],
    ['/', 'a', false],
  ])('%j on %j: %s', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  test.each(['', '   ', '# remark', '/', '!', '[a', 'a\\'])('%j is none', (line) => {
    expect(parseGitPattern(line)).toBeUndefined();
  });
});

describe('patterns that are made to take for ever', () => {
  // Each of these takes a matcher that tries all ways for longer than any test may take.
  test.each([
    ['globstars', `${'/**/a'.repeat(400)}/**/b`, `${'a/'.repeat(1000)}c`],
    ['stars', `${'*a'.repeat(1000)}*b`, 'a'.repeat(4000)],
    ['stars and any', `${'*?'.repeat(1000)}*b`, 'a'.repeat(4000)],
    ['stars and classes', `${'*[a-z]'.repeat(500)}*B`, 'a'.repeat(4000)],
    ['stars of many names', `${'*a*/'.repeat(400)}b`, 'aaaaaaaaaa/'.repeat(400)],
    ['globstars and stars', `${'**/*a*/'.repeat(300)}b`, `${'aaaa/'.repeat(800)}c`],
    ['open classes', '[[:'.repeat(1000), 'a'],
  ])('%s', (_, pattern, path) => {
    const rules = new IgnoreRules().within('', { '.gitignore': pattern });
    expect(rules.ignores(path)).toBe(false);
    expect(matches(pattern, path)).toBe(false);
  });

  test('random ones end as well, and say what trying all ways says', () => {
    const piece = fc.constantFrom('*', '**', '?', 'a', 'b', '/', '[ab]');
    const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`);
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'aab'), { minLength: 1, maxLength: 4 })
      .map((names) => names.join('/'));
    fc.assert(
      fc.property(pattern, path, (each, on) => {
        expect(matches(each, on)).toBe(allWays(each)?.test(on) ?? false);
      }),
      { numRuns: 3000, seed: 20_261_130 },
    );
  });
});

/** The pattern as a regular expression, which tries all ways. */
function allWays(pattern: string): RegExp | undefined {
  const body = pattern.slice(1).replace(/\/$/, '');
  if (body === '' || body.startsWith('/')) return undefined;
  const source = body
    .split('/')
    .map((name, at, names) => {
      const isLast = at === names.length - 1;
      if (/^\*{2,}$/.test(name)) return isLast ? '.+' : '(?:[^/]+/)*';
      const inside = name.replace(/\*+/g, '[^/]*').replaceAll('?', '[^/]');
      // An empty name is in no path.
      return `${name === '' ? '$.' : `(?=[^/])${inside}`}${isLast ? '' : '/'}`;
    })
    .join('');
  return new RegExp(`^${source}$`);
}

describe('how many rules a text holds', () => {
  test('counts what is tried at many places as several', () => {
    expect(countRules('a\n\n# b\n*.extension\r\n/long/path/to/something/with/*.tmp')).toBe(3);
    expect(countRules(`*${'a'.repeat(63)}`)).toBe(5);
    expect(countRules(`/${'a'.repeat(60)}`)).toBe(1);
    expect(countRules('a'.repeat(4097))).toBeGreaterThan(MAX_RULES);
  });
});

describe('globs of settings', () => {
  test.each([
    ['alternatives times alternatives', `{${','.repeat(1500)}}{${','.repeat(1500)}}`],
    ['too long', `{${','.repeat(20_000)}}{${','.repeat(1000)}}`],
    ['a byte too long', 'a'.repeat(4097)],
    ['alternatives of alternatives', '{a,b}'.repeat(800)],
    ['alternatives of few alternatives', '{a,b}'.repeat(10)],
    ['one alternative too many', `{${'a,'.repeat(1000)}}`],
    ['alternatives inside of others', `{${'{a,b}'.repeat(12)},c}`],
    ['braces in braces', '{'.repeat(2000) + '}'.repeat(2000)],
    ['several lines', 'a\nb\nc'],
    ['thousands of lines, one rule each', 'a\n'.repeat(2000)],
  ])('attack: %s are bounded, and what is cut is told', (_, glob) => {
    const read = readExcludes([{ glob }, { glob: '*.kept' }]);
    expect(read.patterns.length).toBeLessThanOrEqual(1001);
    expect(read.patterns).toContain('/*.kept');
    expect(read.patterns.join('')).not.toMatch(/[\r\n]/);
    expect(read.cut).toEqual([glob]);
  });

  test('attack: are taken up to a number, and the others are told', () => {
    const globs = Array.from({ length: 50 }, (_, at) => ({ glob: `x${at}{${'a,'.repeat(999)}}` }));
    const read = readExcludes(globs);
    expect(read.patterns).toHaveLength(MAX_RULES);
    expect(read.cut).toEqual(globs.slice(10).map(({ glob }) => glob));
  });

  test.each([[undefined], ['$(basename).ts']])(
    'attack: count the more the more there is to try, also beside %s',
    (when) => {
      const globs = Array.from({ length: 100 }, (_, at) => ({
        glob: `${'**/a/'.repeat(800)}${at}`,
        ...(when !== undefined && { when }),
      }));
      const { patterns, conditional, cut } = readExcludes(globs);
      const held = globs.length - cut.length;
      expect(held).toBeGreaterThan(0);
      expect(held * countRules(globs[0]?.glob ?? '')).toBeLessThanOrEqual(MAX_RULES);
      expect(when === undefined ? patterns : conditional).toHaveLength(when === undefined ? held : 100);
    },
  );

  test.each(['**/.git', '**/{node_modules,dist}/**', 'a{b{c,d},e}', '{', 'a{', '}{', '', 'x{,}', 'a b '])(
    '%j is not cut',
    (glob) => {
      expect(readExcludes([{ glob }]).cut).toEqual([]);
    },
  );
});
