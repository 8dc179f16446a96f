import { describe, expect, test } from 'vitest';
import type { CompletionCase } from '../../../src/evals/evalCase.ts';
import { runCompletionCase, type LineModel } from '../../../src/evals/completionSuite.ts';

const TEXT = 'first();\n  const gate = open(visitor); // now\nlast();\n';
const offset = TEXT.indexOf('open(');
const masked: CompletionCase = {
  id: 'mask:a.ts#1',
  source: 'mask',
  language: 'TypeScript',
  folder: '.',
  path: 'a.ts',
  kind: 'token-border',
  line: 2,
  offset,
  lineEnd: TEXT.indexOf('\nlast'),
  expected: 'open(visitor);',
};

/** A model that has one guess; `shows` says whether it is sure of it. */
function modelOf(text: string | undefined, shows: boolean, seen: string[] = []): LineModel {
  return {
    rate: (request) => {
      seen.push(request.text);
      const guess = { startOffset: request.offset, endOffset: request.offset, text: text ?? '' };
      return text === undefined ? [] : [{ ...guess, confidence: shows ? 0.4 : 0.2 }];
    },
  };
}

const run = (model: LineModel) => runCompletionCase(masked, { model, text: TEXT, stopwatch: () => 0 });

describe('runCompletionCase', () => {
  test('hides the rest of the line and keeps the lines below', () => {
    const seen: string[] = [];
    run(modelOf('x', true, seen));
    expect(seen).toEqual(['first();\n  const gate = \nlast();\n']);
  });

  test.each([
    ['open(visitor);', true, true, 1],
    ['open(guest);', false, true, 1 - 6 / 14],
    ['shut(visitor);', false, false, 1 - 4 / 14],
    ['open(visitor);\nmore();', true, true, 1],
  ])('judges %o', (text, isExact, isFirstTokenExact, similarity) => {
    const outcome = run(modelOf(text, true));
    expect(outcome).toMatchObject({ isExact, isFirstTokenExact, before: '  const gate = ', confidence: 0.4 });
    expect(outcome.similarity).toBeCloseTo(similarity, 12);
  });

  test('tells what was held back', () => {
    expect(run(modelOf('open(visitor);', false))).toMatchObject({
      shown: null,
      heldBack: 'open(visitor);',
      isExact: false,
      similarity: null,
      confidence: 0.2,
    });
    expect(run(modelOf(undefined, false))).toMatchObject({ shown: null, heldBack: null, confidence: null });
  });
});
