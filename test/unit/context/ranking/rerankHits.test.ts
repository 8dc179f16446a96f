import { describe, expect, test } from 'vitest';
import { ModelTimeoutError } from '../../../../src/core/errors/modelErrors.ts';
import type { SourceBlock } from '../../../../src/core/prompts/sourceBlock.ts';
import type { RankModel } from '../../../../src/core/context/ranking/rankModel.ts';
import { rerankHits, RERANKED } from '../../../../src/core/context/ranking/rerankHits.ts';
import { readBlocks } from '../../../../src/core/context/readBlocks.ts';
import type { SearchHit } from '../../../../src/core/retrieval/hit.ts';

const hit = (path: string, startLine = 1): SearchHit => ({
  path,
  startLine,
  endLine: startLine + 1,
  score: 1,
  legs: {},
});
const hits = [hit('a.ts'), hit('b.ts'), hit('c.ts')];
const files: Readonly<Record<string, string>> = {
  'a.ts': 'one\ntwo\nthree',
  'b.ts': 'four\r\nfive',
  'c.ts': 'six',
  'long.ts': Array.from({ length: 20 }, (_, at) => `line ${at}`).join('\n'),
};

class FakeRanking implements RankModel {
  readonly id = 'test:rank';
  readonly asked: (readonly SourceBlock[])[] = [];
  readonly #scores: readonly number[] | Error;

  constructor(scores: readonly number[] | Error) {
    this.#scores = scores;
  }

  rank(_: string, blocks: readonly SourceBlock[]): Promise<readonly number[]> {
    this.asked.push(blocks);
    return this.#scores instanceof Error ? Promise.reject(this.#scores) : Promise.resolve(this.#scores);
  }
}

const readLive = (path: string) => Promise.resolve(path.startsWith('many') ? 'one\ntwo' : files[path]);
const warnings: string[] = [];
const rerank = (model: RankModel, list = hits, signal = new AbortController().signal) =>
  rerankHits(
    'query',
    list,
    {
      model: { id: model.id, load: () => Promise.resolve(model) },
      readLive,
      log: { warn: (message) => warnings.push(message) },
    },
    signal,
  );
const paths = async (model: RankModel, list = hits) => (await rerank(model, list)).map(({ path }) => path);

describe('hits', () => {
  test('take the order of the model, which reads their live lines', async () => {
    const model = new FakeRanking([0.1, 0.9, 0.5]);
    expect(await paths(model)).toEqual(['b.ts', 'c.ts', 'a.ts']);
    expect(model.asked[0]).toEqual([
      { path: 'a.ts', startLine: 1, endLine: 2, lines: ['one', 'two'] },
      { path: 'b.ts', startLine: 1, endLine: 2, lines: ['four', 'five'] },
      { path: 'c.ts', startLine: 1, endLine: 1, lines: ['six'] },
    ]);
  });

  test('are judged by the very excerpts that an answer then shows', async () => {
    const model = new FakeRanking([0.1, 0.9]);
    const near = { ...hit('long.ts', 8), score: 0.5, legs: { dense: 0.2 } };
    const ranked = await rerank(model, [{ ...hit('long.ts'), legs: { lexical: 7 } }, hit('b.ts'), near]);
    const shown = (await readBlocks(ranked, readLive)).map(({ block }) => block);
    expect(shown).toEqual(model.asked[0]?.toReversed());
    expect(ranked[1]).toMatchObject({
      startLine: 1,
      endLine: 9,
      score: 1,
      legs: { lexical: 7, dense: 0.2 },
    });
  });

  test('of equal scores keep their order', async () => {
    expect(await paths(new FakeRanking([0, 0, 0]))).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });

  test('whose text is gone go behind those that could be read', async () => {
    expect(await paths(new FakeRanking([0.1, 0.9]), [hit('gone.ts'), ...hits.slice(0, 2)])).toEqual([
      'b.ts',
      'a.ts',
      'gone.ts',
    ]);
  });

  test('beyond the first stay behind them', async () => {
    const many = Array.from({ length: RERANKED + 2 }, (_, at) => hit(`many${at}.ts`));
    const model = new FakeRanking(many.map((_, at) => at));
    const ranked = await paths(model, many);
    expect(model.asked[0]).toHaveLength(RERANKED);
    expect(ranked[0]).toBe(many[RERANKED - 1]?.path);
    expect(ranked.slice(-2)).toEqual(many.slice(-2).map(({ path }) => path));
  });

  test('keep their order, and the log says why, when the model fails', async () => {
    warnings.length = 0;
    const model = new FakeRanking(new ModelTimeoutError('host', 'total', 3_000));
    expect(await paths(model)).toEqual(['a.ts', 'b.ts', 'c.ts']);
    expect(warnings).toEqual([expect.stringContaining('test:rank')]);
  });

  test('too few to be ordered are not sent to anybody', async () => {
    const model = new FakeRanking([1]);
    expect(await paths(model, hits.slice(0, 1))).toEqual(['a.ts']);
    expect(model.asked).toEqual([]);
  });

  test('nobody waits for are given up', async () => {
    const reason = new Error('enough');
    const failing = rerank(new FakeRanking(new Error('cut')), hits, AbortSignal.abort(reason));
    await expect(failing).rejects.toBe(reason);
  });
});
