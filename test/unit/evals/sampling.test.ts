import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EvalCase, RetrievalCase } from '../../../src/evals/evalCase.ts';
import { allocate } from '../../../src/evals/drawCases.ts';
import { mergeAlike } from '../../../src/evals/retrievalCases.ts';
import { stableHash, stratify } from '../../../src/evals/sampling.ts';

const evalCase = fc
  .record({ path: fc.constantFrom('a', 'b', 'c', 'd'), folder: fc.constantFrom('x', 'y'), n: fc.nat(1000) })
  .map(({ path, folder, n }): EvalCase => {
    const file = `${folder}/${path}.ts`;
    return { id: `${file}#${n}`, source: 's', language: 'TypeScript', folder, path: file };
  });
const cases = fc.uniqueArray(evalCase, { selector: ({ id }) => id, maxLength: 40 });

describe('stratify', () => {
  test('draws as many as there are, each once, whatever order they come in', () => {
    fc.assert(
      fc.property(cases, fc.nat(50), fc.nat(), fc.constantFrom('file', 'case'), (all, count, seed, by) => {
        const drawn = stratify(all, { count, seed, by });
        expect(drawn).toHaveLength(Math.min(count, all.length));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(stratify(all.toReversed(), { count, seed, by })).toEqual(drawn);
      }),
    );
  });

  test('a shorter draw is the beginning of a longer one', () => {
    fc.assert(
      fc.property(cases, fc.nat(20), fc.nat(), (all, count, seed) => {
        const longer = stratify(all, { count: count + 5, seed, by: 'file' });
        expect(longer.slice(0, count)).toEqual(stratify(all, { count, seed, by: 'file' }));
      }),
    );
  });

  test('takes folders in turn and one case of each file before a second', () => {
    const of = (folder: string, path: string, count: number): readonly EvalCase[] =>
      Array.from({ length: count }, (_, n) => ({
        id: `${path}${n}`,
        source: 's',
        language: 'Go',
        folder,
        path,
      }));
    const all = [...of('big', 'big/a', 50), ...of('big', 'big/b', 1), ...of('small', 'small/c', 2)];
    const drawn = stratify(all, { count: 4, seed: 3, by: 'file' });
    expect(drawn.filter(({ folder }) => folder === 'small')).toHaveLength(2);
    expect(new Set(drawn.filter(({ folder }) => folder === 'big').map(({ path }) => path)).size).toBe(2);
  });

  test('draws others for another seed', () => {
    const all = Array.from({ length: 60 }, (_, n) => ({
      id: `${n}`,
      source: 's',
      language: 'Go',
      folder: '.',
      path: `${n}.go`,
    }));
    const draw = (seed: number) => stratify(all, { count: 20, seed, by: 'file' }).map(({ id }) => id);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

describe('stableHash', () => {
  test('depends on every part, their borders and the seed', () => {
    const hashes = [
      stableHash(1, 'ab', 'c'),
      stableHash(1, 'a', 'bc'),
      stableHash(1, 'abc'),
      stableHash(2, 'abc'),
    ];
    expect(new Set(hashes).size).toBe(4);
  });

  test('gives the same numbers for ever: other draws would make runs incomparable', () => {
    expect(stableHash(1, 'src/a.ts', 'openGate')).toBe(3593818588);
  });
});

describe('allocate', () => {
  test.each([
    ['by share', [100, 100, 100], 40, [20, 10, 10]],
    ['all there are when they are few', [3, 2, 0], 40, [3, 2, 0]],
    ['from the others what one lacks', [100, 0, 100], 40, [27, 0, 13]],
    ['nothing of nothing', [0, 0, 0], 40, [0, 0, 0]],
  ])('takes %s', (_, available, count, taken) => {
    const shares = [0.5, 0.25, 0.25];
    expect(
      allocate(
        available.map((n, at) => ({ available: n, share: shares[at]! })),
        count,
      ),
    ).toEqual(taken);
  });

  test('never takes more than wanted or available, and as many as it can', () => {
    const pool = fc.record({ available: fc.nat(60), share: fc.constantFrom(0.1, 0.25, 0.5) });
    fc.assert(
      fc.property(fc.array(pool, { minLength: 1, maxLength: 5 }), fc.nat(200), (pools, count) => {
        const taken = allocate(pools, count);
        for (const [at, { available }] of pools.entries()) expect(taken[at]).toBeLessThanOrEqual(available);
        const sum = taken.reduce((a, b) => a + b, 0);
        expect(sum).toBe(
          Math.min(
            count,
            pools.reduce((a, { available }) => a + available, 0),
          ),
        );
      }),
    );
  });
});

describe('mergeAlike', () => {
  const ask = (question: string, name: string, path: string) =>
    ({
      question,
      name,
      path,
      gold: [{ path, startLine: 1, endLine: 2 }],
      hides: [{ path }],
    }) as unknown as RetrievalCase;

  test('joins the places of one question about one name', () => {
    const [merged, ...others] = mergeAlike([
      ask('Opens it', 'open', 'a.d.ts'),
      ask('opens it', 'open', 'a.js'),
    ]);
    expect(others).toEqual([]);
    expect(merged?.gold.map(({ path }) => path)).toEqual(['a.d.ts', 'a.js']);
    expect(merged?.hides.map(({ path }) => path)).toEqual(['a.d.ts', 'a.js']);
  });

  test('drops a question about several names, or in very many places', () => {
    expect(mergeAlike([ask('Opens it', 'open', 'a.ts'), ask('Opens it', 'unlock', 'b.ts')])).toEqual([]);
    expect(mergeAlike(Array.from({ length: 5 }, (_, n) => ask('Opens it', 'open', `${n}.ts`)))).toEqual([]);
  });
});
