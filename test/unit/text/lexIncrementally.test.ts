import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { lexIncrementally } from '../../../src/core/text/lexIncrementally.ts';
import { lex, type Interner } from '../../../src/core/text/lexer.ts';
import { Vocabulary } from '../../../src/core/text/vocabulary.ts';

it('gives the tokens of the whole text, whatever ends its lines', () => {
  const line = fc.tuple(
    fc.constantFrom('', '  one two', '\tvalue => "a"', 'x'.repeat(5000), '  '),
    fc.constantFrom('\n', '\r\n', '\r'),
  );
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 900 }),
      (lines, times) => {
        const text = lines.flat().join('').repeat(times).slice(0, 120_000);
        const words = new Vocabulary();
        const stepwise: number[] = [];
        runToCompletion(lexIncrementally(text, words, stepwise));
        expect(stepwise).toEqual(lex(text, words));
      },
    ),
    { numRuns: 60 },
  );
});

it('lexes few lines a step', () => {
  let words = 0;
  const counting: Interner = { intern: () => (words++, 1) };
  const inStep: number[] = [];
  const steps = lexIncrementally('const apple = berry;\n'.repeat(20_000), counting, []);
  do {
    words = 0;
  } while (steps.next().done !== true && inStep.push(words));
  expect(inStep.length).toBeGreaterThan(20);
  expect(Math.max(...inStep, words)).toBeLessThan(5000);
});
