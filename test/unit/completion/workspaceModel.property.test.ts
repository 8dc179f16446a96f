import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isInsertionOnly } from '../../../src/core/text/textEdit.ts';
import { modelOf } from './modelOf.ts';

const part = fc.constantFrom(
  ...[
    'foo',
    'bar',
    'this',
    'x1',
    'const',
    ' ',
    '  ',
    '\t',
    '\n',
    '\r\n',
    '(',
    ')',
    '{',
    '}',
    '.',
    ',',
    ';',
    ' = ',
  ],
  ...['"', "'", '=>', '😀', 'foo(bar, x1);\n', '  this.foo = bar;\n', 'if (foo) {\n', 'fo', 'ba'],
);
const source = fc.array(part, { minLength: 5, maxLength: 80 }).map((parts) => parts.join(''));
const after = fc.constantFrom('', '\n', '\r\n', ')', ');', ' = ', ', x1)', '}\n  this.foo = bar;');

it('proposes insertions within the cursor’s line only, and never alters what is around them', () => {
  let proposals = 0;
  fc.assert(
    fc.property(source, source, after, fc.nat(), (indexed, head, tail, seed) => {
      const known = indexed.slice(0, seed % (indexed.length + 1));
      const text = head + known + tail;
      const offset = head.length + known.length;
      for (const proposal of modelOf({ 'a.ts': indexed }).rate({ path: 'b.ts', text, offset })) {
        proposals++;
        const { startOffset, endOffset } = proposal;
        const replaced = text.slice(startOffset, endOffset);
        expect(startOffset).toBeLessThanOrEqual(offset);
        expect(endOffset).toBeGreaterThanOrEqual(offset);
        expect(replaced).not.toMatch(/[\r\n]/);
        expect(proposal.text.trim()).not.toBe('');
        expect(isInsertionOnly(replaced, proposal.text)).toBe(true);
        expect(text.slice(endOffset).startsWith(proposal.text)).toBe(false);
      }
    }),
    { numRuns: 400, seed: 20 },
  );
  expect(proposals).toBeGreaterThan(100);
});
