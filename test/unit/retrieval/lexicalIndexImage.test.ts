import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.ts';
import { DEFAULT_LEXICAL_WEIGHTS } from '../../../src/core/retrieval/lexicalWeights.ts';
import { segmentOf } from '../../support/segmentOf.ts';
import { textOfImage, throughImage } from '../../support/throughImage.ts';

interface Change {
  readonly path: string;
  readonly word: string;
  /** Functions in the file; `null` removes it. */
  readonly count: number | null;
}

const change: fc.Arbitrary<Change> = fc.record({
  path: fc.constantFrom('a.ts', 'src/b.ts', 'c.ts'),
  word: fc.constantFrom('apple', 'berryCake', 'cherry', 'żółw'),
  count: fc.option(fc.constantFrom(0, 3, 12, 200)),
});

function apply(index: LexicalIndex, { path, word, count }: Change): void {
  if (count === null) {
    index.removeFile(path);
    return;
  }
  const functions = Array.from(
    { length: count },
    (_, at) => `  ${word}${at}(first) {\n    return compute(first, '${word}');\n  }\n`,
  );
  const segment = segmentOf(
    { [path]: `// About ${word}.\nexport class ${word}Keeper {\n${functions.join('')}}\n` },
    10,
  );
  for (const file of segment.files) index.addFile(segment, file);
}

const restoredOf = (index: LexicalIndex) =>
  new LexicalIndex(
    DEFAULT_LEXICAL_WEIGHTS,
    throughImage((image) => index.saveIncrementally(image)),
  );

const answers = (index: LexicalIndex) => ({
  size: [index.chunkCount, index.fileCount, [...index.paths()].toSorted()],
  names: ['compute', 'berryCake3', 'nowhere'].map((name) => index.hasName(name)),
  hits: ['apple', 'berry cake keeper', 'compute first', 'where is cherry3?', 'żółw', 'a.ts'].map((query) => {
    const match = index.definitionMatches(query);
    return index
      .search(query, 99)
      .map((hit) => ({ ...hit, match: match(hit), lines: index.chunk(hit.path, hit.ordinal) }));
  }),
});

test('what comes back answers as what was saved, and goes on so through further changes', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), fc.array(change, { maxLength: 6 }), (before, after) => {
      const index = new LexicalIndex();
      for (const one of before) apply(index, one);
      const restored = restoredOf(index);
      expect(answers(restored)).toEqual(answers(index));
      for (const one of after) {
        apply(index, one);
        apply(restored, one);
      }
      runToCompletion(restored.fetchIncrementally());
      expect(answers(restored)).toEqual(answers(index));
      // Saving sweeps, and postings not yet swept out count in how rare a term is.
      const again = restoredOf(restored);
      expect(answers(again)).toEqual(answers(restored));
    }),
    { numRuns: 40 },
  );
});

test('an image holds no word of a file that is gone', () => {
  const index = new LexicalIndex();
  apply(index, { path: 'a.ts', word: 'apple', count: 3 });
  apply(index, { path: 'c.ts', word: 'hunter2secret', count: 3 });
  index.removeFile('c.ts');
  const text = textOfImage((image) => index.saveIncrementally(image));
  expect([text.includes('apple'), text.includes('secret'), text.includes('hunter')]).toEqual([
    true,
    false,
    false,
  ]);
});
