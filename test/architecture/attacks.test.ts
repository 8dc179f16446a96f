import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countAttacks } from './rules/attacks.ts';
import { plant, readSources, repository } from './rules/sourceFiles.ts';

/** Fewer would not be a corpus. */
const LEAST = 120;

const counts = countAttacks(readSources('test'));

/** The rows of the table of attacks in docs/security.md: a kind, and at least how many. */
function documented(): ReadonlyMap<string, number> {
  const page = readFileSync(join(repository, 'docs/security.md'), 'utf8');
  const table = page.slice(page.indexOf('## The corpus'));
  return new Map(
    [...table.matchAll(/^\| ([^|]+?) +\| (\d+) +\|$/gm)].map(([, kind = '', count]) => [kind, Number(count)]),
  );
}

test(`there are at least ${String(LEAST)} attacks`, () => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThanOrEqual(LEAST);
});

test('docs/security.md knows their kinds, and promises no more of any than there are', () => {
  const promised = documented();
  expect([...promised.keys()].toSorted()).toEqual([...counts.keys()].toSorted());
  const lacking = [...promised].filter(([kind, count]) => (counts.get(kind) ?? 0) < count);
  expect(lacking, `counted: ${JSON.stringify([...counts])}`).toEqual([]);
});

test('a row of a table is an attack, wherever the table is written; other tests are none', () => {
  const files = plant({
    'test/support/more.ts': 'export const more = [1, 2, 3] as const;',
    'test/unit/git/a.test.ts': `
      import { more } from '../../support/more.ts';
      const rows: readonly number[] = [1, 2];
      test('attack: one', () => {});
      it.skipIf(isWindows)('attack: two', () => {});
      test.each(rows)('attack: %i', () => {});
      it.each([...rows, ...more, 6])('attack: %i', () => {});
      test.each(Object.entries({ a: 1, b: 2 }))('attack: %s', () => {});
      test.each(more.map(String))(\`attack: \${x}\`, () => {});
      test.each(unknown())('attack: at least one', () => {});
      test('no attack: just words', () => {});
      log('attack: not a test');
    `,
  });
  expect([...countAttacks(files)]).toEqual([['git', 2 + 2 + 6 + 2 + 3 + 1]]);
});
