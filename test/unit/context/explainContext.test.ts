import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Context } from '../../../src/core/context/contextSource.ts';
import { explainContext } from '../../../src/core/context/explainContext.ts';
import type { SearchHit } from '../../../src/core/retrieval/hit.ts';
import { expectGolden } from '../../support/golden.ts';

const context: Context<SearchHit> = {
  hits: [
    { path: 'src/gate.ts', startLine: 1, endLine: 20, score: 3, legs: { lexical: 12.34567, mention: 2 } },
    { path: 'src/odd`|name.ts', startLine: 5, endLine: 9, score: 0.9, legs: { dense: 0.71, recent: 0.09 } },
    { path: 'src/new.ts', startLine: 1, endLine: 2, score: 0.5, legs: { lexical: 2, modified: 0.045 } },
  ],
  trace: {
    sources: [
      { source: 'search', found: 30, elapsedMs: 4 },
      { source: 'mention', found: 1, elapsedMs: 0 },
      { source: 'symbol', found: 0, elapsedMs: 300 },
    ],
    dropped: [
      { path: 'src/gate.ts', startLine: 3, endLine: 4, reason: 'contained' },
      { path: 'src/gate.ts', startLine: 90, endLine: 99, reason: 'crowded' },
    ],
  },
};

test('an explanation of a search', () => {
  const text = explainContext('what does src/gate.ts do?\nand why', context, undefined);
  expectGolden(join(import.meta.dirname, 'golden', 'explanation.md'), text);
});

test('an explanation names the model that has put the places into order', () => {
  const text = explainContext('why', { hits: [], trace: { sources: [], dropped: [] } }, 'cohere:rerank');
  expect(text).toContain('cohere:rerank has put the first of them into order');
  expect(text).toContain('Nothing.');
});
