import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../../src/evals/sourceFile.ts';
import { testBlocks } from '../../../src/evals/sources/testBlocks.ts';

const rust = (lines: readonly string[]) => new SourceFile('src/a.rs', lines.join('\n'));

/** What the ranges of tests are, said as plainly as can be. */
function expectedTests(
  lines: readonly string[],
): readonly { readonly start: number; readonly end: number }[] {
  return lines.flatMap((line, start) => {
    const indent = /^(\s*)#\[cfg\(test\)\]$/.exec(line)?.[1];
    const hasModule = lines.slice(start + 1, start + 4).some((next) => /^\s*mod \w+ \{/.test(next));
    if (indent === undefined || !hasModule) return [];
    const end = lines.findIndex((next, at) => at > start && next.startsWith(`${indent}}`));
    return [{ start, end: end < 0 ? lines.length - 1 : end }];
  });
}

describe('tests among Rust code', () => {
  test('go from their mark to the brace that closes them', () => {
    const file = rust([
      'fn a() {',
      '}',
      '#[cfg(test)]',
      'mod tests {',
      '    fn b() {',
      '    }',
      '}',
      'fn c() {}',
    ]);
    expect(file.inlineTests).toEqual([{ start: 2, end: 6 }]);
    expect(Array.from({ length: 9 }, (_, line) => file.isTestLine(line))).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('are the same however they are nested, closed or not', () => {
    const line = fc.constantFrom(
      '#[cfg(test)]',
      ' #[cfg(test)]',
      'mod t {',
      ' mod t {',
      '}',
      ' }',
      '',
      'fn a() {}',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 24 }), (lines) => {
        const file = rust(lines);
        const ranges = expectedTests(lines);
        expect(file.inlineTests).toEqual(ranges);
        for (const at of lines.keys()) {
          expect(file.isTestLine(at)).toBe(ranges.some(({ start, end }) => start <= at && at <= end));
        }
      }),
    );
  });

  test.each([
    ['that never close', ['#[cfg(test)]', 'mod a {']],
    ['that close elsewhere', ['#[cfg(test)]', 'mod a {', '  }']],
    ['one after the other', ['#[cfg(test)]', 'mod a {', '}']],
    ['of which only the marks are there', ['#[cfg(test)]']],
  ])('attack: tens of thousands %s are read as fast as others', (_, unit) => {
    const count = 30_000;
    const file = rust([...Array.from({ length: count }, () => unit).flat(), '  fn a() {}']);
    const found = unit.length === 1 ? 0 : count;
    expect(file.inlineTests).toHaveLength(found);
    // In the square of the lines this would be thousands of millions of steps, and end at the limit of the test.
    let lines = 0;
    for (const line of file.lines.keys()) if (file.isTestLine(line)) lines++;
    expect(lines).toBeGreaterThanOrEqual(found);
  });
});

test('attack: tens of thousands of subtests share the code of the test around them', () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `\t{name: "case ${at}"},`);
  const file = new SourceFile('a_test.go', ['func TestGate(t *testing.T) {', ...rows, '}'].join('\n'));
  const blocks = testBlocks(file).filter(({ title }) => title.startsWith('case'));
  expect(blocks).toHaveLength(20_000);
  expect(new Set(blocks.map(({ body }) => body)).size).toBe(1);
});
