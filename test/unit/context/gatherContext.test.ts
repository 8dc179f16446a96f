import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  contextSources,
  symbolNamesIn,
  SYMBOLS_MS,
  type ContextSourcesInputs,
} from '../../../src/core/context/contextSources.ts';
import { gatherContext } from '../../../src/core/context/gatherContext.ts';
import type { SearchHit } from '../../../src/core/retrieval/hit.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const hit = (path: string, startLine: number, score: number): SearchHit => ({
  path,
  startLine,
  endLine: startLine + 9,
  score,
  legs: { lexical: score },
});
const found = [hit('a.ts', 1, 10), hit('b.ts', 1, 9.5), hit('c.ts', 21, 4)];

let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock();
});

const gather = (
  question: string,
  inputs: Partial<ContextSourcesInputs> = {},
  signal = new AbortController().signal,
) => {
  const sources = contextSources({
    search: () => Promise.resolve(found),
    paths: () => ['a.ts', 'b.ts', 'c.ts', 'd.ts'],
    symbols: () => Promise.resolve([]),
    hints: { recent: [], modified: [] },
    clock,
    log: { debug: () => undefined },
    ...inputs,
  });
  return gatherContext(question, 10, { sources, clock }, signal);
};
const placesOf = (hits: readonly SearchHit[]) =>
  hits.map(({ path, startLine }) => `${path}:${String(startLine)}`);

describe('the places for a question', () => {
  test('are those of the search when nothing else is known', async () => {
    const { hits, trace } = await gather('how does it work');
    expect(hits).toEqual(found);
    expect(trace.dropped).toEqual([]);
  });

  test('begin with what was found in a file that is named', async () => {
    const { hits } = await gather('what about c.ts?');
    expect(placesOf(hits)).toEqual(['c.ts:21', 'a.ts:1', 'b.ts:1']);
    expect(hits[0]?.legs).toMatchObject({ lexical: 4, mention: 20 });
  });

  test('begin with the file that is named even when search found nothing in it', async () => {
    const { hits } = await gather('what about d.ts and d.ts:70-80?');
    expect(hits[0]).toMatchObject({ path: 'd.ts', startLine: 1, endLine: 60 });
    const { hits: lines } = await gather('what about d.ts:70-80?');
    expect(lines[0]).toMatchObject({ path: 'd.ts', startLine: 70, endLine: 80 });
  });

  test('have what language servers know of the names in it', async () => {
    const asked: string[] = [];
    const { hits } = await gather('who calls `openGate`?', {
      symbols: (name) => {
        asked.push(name);
        return Promise.resolve([
          { path: 'c.ts', startLine: 22, endLine: 24 },
          { path: 'd.ts', startLine: 5, endLine: 7 },
        ]);
      },
    });
    expect(asked).toEqual(['openGate']);
    // The known one is worth more now; the other is a hit of its own.
    expect(placesOf(hits)).toEqual(['a.ts:1', 'b.ts:1', 'c.ts:21', 'd.ts:5']);
    expect(hits[2]).toMatchObject({ score: 9, legs: { lexical: 4, symbol: 5 } });
  });

  test('do not wait for slow language servers', async () => {
    const gathering = gather('who calls `openGate`?', { symbols: () => new Promise(() => undefined) });
    await vi.waitUntil(() => clock.pending === 1);
    clock.advance(SYMBOLS_MS);
    const { hits, trace } = await gathering;
    expect(hits).toEqual(found);
    expect(trace.sources).toContainEqual({ source: 'symbol', found: 0, elapsedMs: SYMBOLS_MS });
  });

  test('do not need language servers', async () => {
    const symbols = () => Promise.reject(new Error('no server'));
    expect((await gather('who calls `openGate`?', { symbols })).hits).toEqual(found);
    expect(clock.pending).toBe(0);
  });

  test('among near equals begin with what is being worked on', async () => {
    const { hits } = await gather('how does it work', { hints: { recent: ['b.ts', 'c.ts'], modified: [] } });
    expect(placesOf(hits)).toEqual(['b.ts:1', 'a.ts:1', 'c.ts:21']);
  });

  test('prefer files that differ from the last commit, and count no file twice', async () => {
    const { hits } = await gather('how does it work', {
      hints: { recent: ['c.ts'], modified: ['b.ts', 'c.ts'] },
    });
    expect(placesOf(hits)).toEqual(['b.ts:1', 'a.ts:1', 'c.ts:21']);
    expect(hits[0]?.legs).toEqual({ lexical: 9.5, modified: expect.closeTo(0.95) as number });
    expect(hits[2]?.legs).toEqual({ lexical: 4, recent: expect.closeTo(0.4) as number });
  });

  test('are not all of one file, and hold nothing twice', async () => {
    const many = [1, 11, 21, 31, 41].map((line, at) => hit('a.ts', line, 10 - at));
    const inner = { ...hit('a.ts', 2, 9.9), endLine: 4 };
    const { hits, trace } = await gather('how does it work', {
      search: () => Promise.resolve([...many, inner, hit('b.ts', 1, 1)]),
    });
    expect(placesOf(hits)).toEqual(['a.ts:1', 'a.ts:11', 'a.ts:21', 'a.ts:31', 'b.ts:1', 'a.ts:41']);
    expect(trace.dropped).toEqual([
      { path: 'a.ts', startLine: 2, endLine: 4, reason: 'contained' },
      { path: 'a.ts', startLine: 41, endLine: 50, reason: 'crowded' },
    ]);
  });

  test('are given up when nobody waits for them', async () => {
    const reason = new Error('enough');
    await expect(gather('why', {}, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('names in a question', () => {
  test.each([
    ['Where is `open` defined?', ['open']],
    ['Who calls openGate() and close()?', ['openGate', 'close']],
    ['What do user_name, UserName and getX2Value mean?', ['user_name', 'UserName', 'getX2Value']],
    ['How does the gate open on GitHub?', ['GitHub']],
    ['Why is this so slow?', []],
  ])('%s', (question, names) => {
    expect(symbolNamesIn(question)).toEqual(names);
  });
});
