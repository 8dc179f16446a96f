import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBlocks, type ContextHit } from '../../../src/core/context/readBlocks.ts';
import type { ReadLive } from '../../../src/core/grounding/checkCitations.ts';
import type { SearchHit } from '../../../src/core/retrieval/hit.ts';

const hit = (path: string, startLine: number, endLine: number): SearchHit => ({
  path,
  startLine,
  endLine,
  score: 1,
  legs: { lexical: 1 },
});
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}`).join('\n');
const files: Readonly<Record<string, string>> = {
  'a.ts': numbered(100),
  'b.ts': `\n\n  code\n\n`,
  'long.ts': numbered(900),
};
const readLive = (path: string) => Promise.resolve(files[path]);
const blocksOf = async (hits: readonly ContextHit[], read: ReadLive = readLive) =>
  (await readBlocks(hits, read)).map(({ block }) => block);
const ranges = async (...hits: readonly ContextHit[]) =>
  (await blocksOf(hits)).map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`);

describe('blocks', () => {
  test('are the live lines, best first', async () => {
    const [first, second] = await blocksOf([hit('a.ts', 40, 41), hit('a.ts', 1, 2)]);
    expect(first).toEqual({ path: 'a.ts', startLine: 40, endLine: 41, lines: ['line 40', 'line 41'] });
    expect(second?.lines).toEqual(['line 1', 'line 2']);
  });

  test('are whole definitions where they are among the best, and tell what they lie in', async () => {
    const method = (name: string) => [`  ${name}() {`, `    one();`, `    two();`, '  }'];
    const long = Array.from({ length: 90 }, (_, at) => `  field${at} = ${at};`);
    const text = ['class Gate {', ...long, ...method('open'), ...method('close'), ...long, '}'].join('\n');
    const [first, second] = await blocksOf([hit('gate.ts', 93, 93), hit('gate.ts', 30, 31)], () =>
      Promise.resolve(text),
    );
    expect(first).toMatchObject({ startLine: 92, endLine: 95, scopes: ['class Gate {'] });
    expect(second).toMatchObject({ startLine: 30, endLine: 31, scopes: ['class Gate {'] });
    const low = [
      hit('gate.ts', 10, 10),
      hit('gate.ts', 20, 20),
      hit('gate.ts', 30, 30),
      hit('gate.ts', 93, 93),
    ];
    const blocks = await blocksOf(low, () => Promise.resolve(text));
    expect(blocks[3]).toMatchObject({ startLine: 93, endLine: 93, scopes: ['class Gate {', 'open() {'] });
  });

  test('name the hits that they show', async () => {
    const hits = [hit('a.ts', 20, 30), hit('b.ts', 1, 5), hit('a.ts', 36, 40), hit('gone.ts', 1, 2)];
    const read = await readBlocks(hits, readLive);
    expect(read.map((each) => each.hits.map((one) => hits.indexOf(one)))).toEqual([[0, 2], [1]]);
  });

  test('made of blocks are the same in any order', async () => {
    const text = [
      'class A {',
      '  one() {',
      '    1;',
      '    2;',
      '  }',
      '}',
      ...Array.from({ length: 20 }, () => '// far'),
      'function b() {',
      '  3;',
      '}',
    ].join('\n');
    const read = () => Promise.resolve(text);
    const first = await blocksOf(
      [hit('x.ts', 3, 3), hit('y.ts', 28, 28), hit('z.ts', 4, 4), hit('w.ts', 3, 3)],
      read,
    );
    const again = first.toReversed().map((block) => ({ ...hit('', 0, 0), ...block, isBlock: true }));
    expect(await blocksOf(again, read)).toEqual(first.toReversed());
  });

  test('join neighbours at the better rank', async () => {
    expect(await ranges(hit('a.ts', 20, 30), hit('b.ts', 1, 5), hit('a.ts', 36, 40))).toEqual([
      'a.ts:20-40',
      'b.ts:3-3',
    ]);
    expect(await ranges(hit('a.ts', 20, 30), hit('a.ts', 37, 40))).toEqual(['a.ts:20-30', 'a.ts:37-40']);
    expect(await ranges(hit('a.ts', 1, 9), hit('a.ts', 21, 30), hit('a.ts', 10, 20))).toEqual(['a.ts:1-30']);
  });

  test('do not grow without end by joining', async () => {
    expect(await ranges(hit('long.ts', 1, 150), hit('long.ts', 151, 300))).toEqual([
      'long.ts:1-150',
      'long.ts:151-300',
    ]);
  });

  test('leave out what is gone, and end with their file', async () => {
    expect(await ranges(hit('gone.ts', 1, 5), hit('a.ts', 95, 120), hit('b.ts', 9, 12))).toEqual([
      'a.ts:95-100',
    ]);
  });

  test('stop reading when nobody waits any more', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(readBlocks([hit('a.ts', 1, 2)], readLive, abort.signal)).rejects.toThrow('abort');
  });

  test('never show a line twice, and show every line that was found', async () => {
    const range = fc.record({
      start: fc.integer({ min: 1, max: 120 }),
      length: fc.integer({ min: 0, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(range, { maxLength: 12 }), async (found) => {
        const blocks = await blocksOf(found.map(({ start, length }) => hit('a.ts', start, start + length)));
        const shown = blocks.flatMap(({ lines }) => lines);
        expect(new Set(shown).size).toBe(shown.length);
        for (const { start, length } of found) {
          for (let line = start; line <= Math.min(100, start + length); line++)
            expect(shown).toContain(`line ${line}`);
        }
      }),
    );
  });
});
