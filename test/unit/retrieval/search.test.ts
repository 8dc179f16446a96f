import { describe, expect, it, vi } from 'vitest';
import type { Logger } from '../../../src/core/ports/runtime.ts';
import type { Embedder, VectorHit } from '../../../src/core/ports/vectors.ts';
import {
  createSearch,
  denseSearch,
  NO_DENSE_SEARCH,
  type Search,
} from '../../../src/core/retrieval/search.ts';
import { createHashEmbedder } from '../../support/hashEmbedder.ts';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { segmentOf } from '../../support/segmentOf.ts';
import { silentLogger } from '../../support/silentLogger.ts';

interface Setup {
  readonly query?: (vector: Float32Array, count: number) => Promise<readonly VectorHit[]>;
  readonly embedder?: Embedder;
  readonly warn?: Logger['warn'];
}

function setUp({ query, embedder, warn }: Setup = {}): Search & { readonly clock: FakeClock } {
  const segment = segmentOf({
    'a.ts': 'function openDoor() {}\n',
    'b.ts': 'function closeWindow() {\n  openDoor();\n}\n',
  });
  const lexical = new LexicalIndex();
  for (const file of segment.files) lexical.addFile(segment, file);
  const clock = new FakeClock();
  const search = createSearch({
    lexical,
    dense: denseSearch(embedder ?? createHashEmbedder(), { query: query ?? (() => Promise.resolve([])) }),
    clock,
    log: warn === undefined ? silentLogger : { ...silentLogger, warn },
  });
  return { ...search, clock };
}

const never = <T>(): Promise<T> => new Promise(() => undefined);

describe('createSearch', () => {
  it('gives lines, scores and what each leg found', async () => {
    const search = setUp({ query: () => Promise.resolve([{ path: 'a.ts', ordinal: 0, score: 0.7 }]) });
    const hits = await search.search('openDoor', 10);
    expect(hits.map(({ path, startLine, endLine }) => ({ path, startLine, endLine }))).toEqual([
      { path: 'a.ts', startLine: 1, endLine: 2 },
      { path: 'b.ts', startLine: 1, endLine: 4 },
    ]);
    expect(hits[0]?.legs.dense).toBe(0.7);
    expect(hits[1]?.legs.dense).toBeUndefined();
  });

  it('answers in words alone once the vectors are late', async () => {
    const search = setUp({ query: () => never() });
    const hits = search.search('openDoor', 10);
    await vi.waitFor(() => expect(search.clock.pending).toBe(1));
    search.clock.advance(300);
    expect((await hits)[0]?.path).toBe('a.ts');
  });

  it('answers in words alone when the vectors fail, and says so in the log', async () => {
    const warn = vi.fn();
    const search = setUp({ query: () => Promise.reject(new Error('shard lost')), warn });
    expect((await search.search('openDoor', 10))[0]?.path).toBe('a.ts');
    expect(warn).toHaveBeenCalledOnce();
    expect(search.clock.pending).toBe(0);
  });

  it('leaves out vectors of chunks that are no longer indexed', async () => {
    const search = setUp({ query: () => Promise.resolve([{ path: 'gone.ts', ordinal: 3, score: 0.9 }]) });
    expect((await search.search('openDoor', 10)).map(({ path }) => path)).toEqual(['a.ts', 'b.ts']);
  });

  it('does not ask for neighbours of a vector that says nothing', async () => {
    const query = vi.fn(() => Promise.resolve([]));
    await setUp({ query }).search('+ +', 10);
    expect(query).not.toHaveBeenCalled();
  });

  it.each(['', ' \n\t'])('finds nothing for %j', async (query) => {
    expect(await setUp().search(query, 10)).toEqual([]);
  });

  it('gives no more than asked for', async () => {
    expect(await setUp().search('openDoor', 1)).toHaveLength(1);
    expect(await setUp().search('openDoor', 0)).toEqual([]);
  });

  it('rejects at once when aborted, before or during the search', async () => {
    await expect(setUp().search('openDoor', 10, AbortSignal.abort())).rejects.toThrow(/abort/i);
    const abort = new AbortController();
    const search = setUp({ query: () => never() });
    const hits = search.search('openDoor', 10, abort.signal);
    abort.abort();
    await expect(hits).rejects.toThrow(/abort/i);
    expect(search.clock.pending).toBe(0);
  });

  it('stops the embedder when time is up', async () => {
    let stopped = false;
    const embedder: Embedder = {
      id: 'slow',
      dims: 1,
      embed: (_texts, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            stopped = true;
            reject(new DOMException('Stopped', 'AbortError'));
          });
        }),
    };
    const warn = vi.fn();
    const search = setUp({ embedder, warn });
    const hits = search.search('openDoor', 10);
    await vi.waitFor(() => expect(search.clock.pending).toBe(1));
    search.clock.advance(300);
    expect(await hits).toHaveLength(2);
    expect(stopped).toBe(true);
    expect(warn).not.toHaveBeenCalled();
  });

  it('puts the places of a name before whatever is called alike, tests included', async () => {
    const segment = segmentOf({
      'src/newlyMarked.ts': 'export function newlyMarked(seen: Marker) {\n  return newly(marker(seen));\n}\n',
      'test/probe.test.ts': "test('probe', () => {\n  check({ newlySeenMarker: 1 });\n});\n",
    });
    const lexical = new LexicalIndex();
    for (const file of segment.files) lexical.addFile(segment, file);
    const parts = { lexical, dense: NO_DENSE_SEARCH, clock: new FakeClock(), log: silentLogger };
    const paths = async (query: string) =>
      (await createSearch(parts).search(query, 10)).map(({ path }) => path);
    expect((await paths('newlySeenMarker'))[0]).toBe('test/probe.test.ts');
    expect((await paths('newlySeenMarkers'))[0]).toBe('src/newlyMarked.ts');
  });
});
