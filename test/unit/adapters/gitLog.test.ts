import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CommitReader } from '../../../src/adapters/git/gitLog.ts';

const MARK = '0123456789abcdef';
const ID = 'a'.repeat(40);

function record(subject: string, ...names: readonly string[]): string {
  return `${MARK}\0${ID}\0${ID}\0Ada\0${subject}\0\n${names.map((name) => `${name}\0`).join('')}`;
}

function read(output: string, size = output.length) {
  const reader = new CommitReader(MARK);
  const found = [];
  for (let at = 0; at < output.length; at += size) found.push(...reader.read(output.slice(at, at + size)));
  return [...found, ...reader.end()];
}

test('reads the same commits however their text is cut', () => {
  const output = record('One', 'a.ts', 'b.ts') + record('Two', '\nodd.ts') + record('Three', 'c.ts');
  const whole = read(output);
  expect(whole.map(({ subject }) => subject)).toEqual(['One', 'Two', 'Three']);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), (size) => {
      expect(read(output, size)).toEqual(whole);
    }),
  );
});

test('attack: no text of a commit makes another one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (subject, name) => {
      // git has neither NULs within texts nor names without letters.
      const clean = (text: string) => text.replaceAll('\0', '').trim();
      const commits = read(record(clean(subject), `a${clean(name)}`) + record('Two', 'b.ts'), 7);
      expect(commits.map(({ paths }) => paths)).toEqual([[`a${clean(name)}`], ['b.ts']]);
    }),
  );
});

test('attack: a commit that goes on for megabytes is passed over, and the next one read', () => {
  const names = Array.from({ length: 100_000 }, (_, number) => `file-${number}.ts`);
  expect(read(record('Huge', ...names) + record('Two', 'b.ts'), 65_536)).toMatchObject([{ subject: 'Two' }]);
});
