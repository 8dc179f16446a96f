import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.ts';
import { segmentOf } from '../../support/segmentOf.ts';

/** Files with definitions, doc strings and scopes; `count` functions of which every one names its `word`. */
function textOf(word: string, count: number): string {
  const functions = Array.from(
    { length: count },
    (_, at) => `  ${word}${at}(first) {\n    return compute(first, '${word}');\n  }\n`,
  );
  return `// About ${word}.\nexport class ${word}Keeper {\n${functions.join('')}}\n`;
}

function steps(index: LexicalIndex, path: string, text: string): Generator<void> {
  const segment = segmentOf({ [path]: text }, 10);
  const [file] = segment.files;
  if (file === undefined) throw new Error('a segment without its file');
  return index.addFileIncrementally(segment, file);
}

const QUERIES = ['apple', 'berry keeper', 'compute first', 'where is cherry3?', 'a.ts'];
const answers = (index: LexicalIndex) =>
  QUERIES.map((query) => {
    const match = index.definitionMatches(query);
    return index
      .search(query, 99)
      .map((hit) => ({ ...hit, match: match(hit), lines: index.chunk(hit.path, hit.ordinal) }));
  });

describe('a file that is added in steps', () => {
  it('is found a few chunks at a time, at its own lines, and as a whole in the end', () => {
    const index = new LexicalIndex();
    const adding = steps(index, 'a.ts', textOf('apple', 800));
    const counts: number[] = [];
    while (adding.next().done !== true) {
      const hits = index.search('apple', 999);
      for (const { path, ordinal, score } of hits) {
        expect(path).toBe('a.ts');
        expect(score).toBeGreaterThan(0);
        expect(index.chunk(path, ordinal)?.startLine).toBe(ordinal * 10 + 1);
      }
      counts.push(hits.length);
    }
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(new Set(counts).size).toBeGreaterThan(5);
    const whole = new LexicalIndex();
    runToCompletion(steps(whole, 'a.ts', textOf('apple', 800)));
    expect(answers(index)).toEqual(answers(whole));
  });

  it('leaves what the path had before until its own first chunk is there', () => {
    const index = new LexicalIndex();
    runToCompletion(steps(index, 'a.ts', textOf('apple', 3)));
    const adding = steps(index, 'a.ts', textOf('berry', 2000));
    adding.next();
    expect(index.search('apple', 9)).not.toEqual([]);
    runToCompletion(adding);
    expect(index.search('apple', 9)).toEqual([]);
    expect(index.search('berry', 9)).not.toEqual([]);
  });

  it('takes many steps when it is a single very long line', () => {
    const index = new LexicalIndex();
    const adding = steps(index, 'a.ts', `const data = [${'cherry, '.repeat(20_000)}];`);
    let count = 0;
    while (adding.next().done !== true) count++;
    expect(count).toBeGreaterThan(8);
    expect(index.search('cherry', 9)).toHaveLength(1);
  });

  it('is gone when it is removed in the middle of it', () => {
    const index = new LexicalIndex();
    const adding = steps(index, 'a.ts', textOf('apple', 800));
    for (let step = 0; step < 8; step++) adding.next();
    expect(index.search('apple', 9)).not.toEqual([]);
    index.removeFile('a.ts');
    runToCompletion(adding);
    expect([index.fileCount, index.chunkCount, index.search('apple', 9)]).toEqual([0, 0, []]);
  });
});

describe('a file that is removed in steps', () => {
  it('is gone with the first step, and its chunks stay gone while what is left of them is swept out', () => {
    const index = new LexicalIndex();
    runToCompletion(steps(index, 'a.ts', textOf('apple', 800)));
    runToCompletion(steps(index, 'b.ts', textOf('berry', 800)));
    const berries = index.search('berry', 999);
    expect(berries.length).toBeGreaterThan(100);
    const removing = index.removeFileIncrementally('a.ts');
    let count = 0;
    while (removing.next().done !== true) {
      count++;
      expect(index.search('apple', 9)).toEqual([]);
      expect(index.search('berry', 999)).toHaveLength(berries.length);
      expect(index.fileCount).toBe(1);
    }
    expect(count).toBeGreaterThan(1);
    const alone = new LexicalIndex();
    runToCompletion(steps(alone, 'b.ts', textOf('berry', 800)));
    expect(answers(index)).toEqual(answers(alone));
  });

  it('lets a change in the middle of it end it first', () => {
    const index = new LexicalIndex();
    runToCompletion(steps(index, 'a.ts', textOf('apple', 800)));
    const removing = index.removeFileIncrementally('a.ts');
    removing.next();
    runToCompletion(steps(index, 'a.ts', textOf('berry', 800)));
    runToCompletion(removing);
    expect(index.search('apple', 9)).toEqual([]);
    expect(index.search('berry', 9)).not.toEqual([]);
  });
});

it('gives what whole additions and removals give, however their steps meet', () => {
  const change = fc.record({
    path: fc.constantFrom('a.ts', 'b.ts', 'c.ts'),
    word: fc.constantFrom('apple', 'berry', 'cherry'),
    count: fc.constantFrom(0, 3, 12, 300),
    /** Steps before the next change comes; `null` for a removal. */
    steps: fc.option(fc.nat(8)),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 15 }), (changes) => {
      const stepwise = new LexicalIndex();
      const whole = new LexicalIndex();
      const open: Generator<void>[] = [];
      for (const { path, word, count, steps: most } of changes) {
        if (most === null) {
          const removing = stepwise.removeFileIncrementally(path);
          removing.next();
          open.push(removing);
          whole.removeFile(path);
          continue;
        }
        const adding = steps(stepwise, path, textOf(word, count));
        adding.next();
        for (let step = 0; step < most; step++) adding.next();
        open.push(adding);
        runToCompletion(steps(whole, path, textOf(word, count)));
        for (const { path: found, ordinal } of stepwise.search(word, 20)) {
          expect(stepwise.chunk(found, ordinal)).toBeDefined();
        }
      }
      for (const adding of open) runToCompletion(adding);
      expect(answers(stepwise)).toEqual(answers(whole));
      expect([stepwise.fileCount, stepwise.chunkCount]).toEqual([whole.fileCount, whole.chunkCount]);
    }),
    { numRuns: 30 },
  );
});
