import { describe, expect, test, vi } from 'vitest';
import {
  fixedMethod,
  type EmbeddingMethod,
  type MethodEmbedder,
} from '../../../src/core/indexing/vectors/embeddingMethod.ts';
import { committed, FakeEmbedder, indexingFixture } from './indexingFixture.ts';

const files = (count: number, name = 'f') =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name}${n}.ts`, `const ${name}${n} = 1;\n`]));

/** Learns which words the texts have; the basis is the sorted list of them. */
function learningMethod({ minChunks = 4, sample = 100 } = {}) {
  const learn = vi.fn((texts: readonly string[]) => {
    const words = [...new Set(texts.flatMap(wordsOf))].sort();
    return Promise.resolve(new TextEncoder().encode(words.join(' ')));
  });
  const open = (basis: Uint8Array | undefined): MethodEmbedder => {
    const known = new Set(new TextDecoder().decode(basis).split(' '));
    const seen: string[] = [];
    return {
      id: `learnt ${[...known].join()}`,
      dims: 2,
      embed: (texts) => {
        seen.push(...texts.flatMap(wordsOf));
        return Promise.resolve(texts.map(() => Float32Array.of(1, 0)));
      },
      get knowledge() {
        return { terms: seen.length, unknown: seen.filter((word) => !known.has(word)).length };
      },
    };
  };
  const method: EmbeddingMethod = { id: 'learning', minChunks, training: { sample, learn }, open };
  return { method, learn };
}

const wordsOf = (text: string): readonly string[] => text.match(/\w+/g) ?? [];

describe('a first set of vectors', () => {
  test('follows the words, and serves once every chunk has its vector', async () => {
    const fixture = indexingFixture(files(5));
    await fixture.indexer.refresh();
    const states = fixture.store.commits.map(({ upserts, vectors: { serving, next } }) => [
      upserts.length,
      serving?.pending.size,
      next?.pending.size,
    ]);
    expect(states).toEqual([
      [5, undefined, undefined],
      [0, undefined, 5],
      [0, 0, undefined],
    ]);
  });

  test('goes on where a failed one stopped, without learning again', async () => {
    const fixture = indexingFixture(files(5));
    const { method, learn } = learningMethod();
    const stage = fixture.vectors.stage.bind(fixture.vectors);
    fixture.vectors.stage = () => Promise.reject(new Error('killed'));
    await expect(fixture.newIndexer(method).refresh()).rejects.toThrow('killed');
    expect((await fixture.store.snapshot()).vectors.next?.pending.size).toBe(5);
    fixture.vectors.stage = stage;
    await fixture.newIndexer(method).refresh();
    expect(learn).toHaveBeenCalledTimes(1);
    expect((await committed(fixture)).vectors).toHaveLength(5);
  });

  test('is made once when two processes learn at the same time', async () => {
    const fixture = indexingFixture(files(5));
    await fixture.words.refresh();
    const both = Promise.withResolvers<undefined>();
    const { method, learn } = learningMethod();
    const { training } = method;
    if (!training) throw new Error('nothing to learn');
    const learning: EmbeddingMethod = {
      ...method,
      training: {
        ...training,
        learn: async (texts, options) => {
          const learnt = await training.learn(texts, options);
          if (learn.mock.calls.length === 2) both.resolve(undefined);
          await both.promise;
          return learnt;
        },
      },
    };
    await Promise.all([fixture.newIndexer(learning).embed(), fixture.newIndexer(learning).embed()]);
    const { vectors } = await fixture.store.snapshot();
    expect(vectors.next).toBeUndefined();
    expect(vectors.serving?.pending.size).toBe(0);
    expect(fixture.store.basisIds()).toEqual([vectors.serving?.projection?.id]);
    expect((await committed(fixture)).vectors).toHaveLength(5);
  });

  test('waits for an index that is complete', async () => {
    const fixture = indexingFixture(files(5));
    await fixture.indexer.embed();
    expect(fixture.store.commits).toEqual([]);
  });

  test('is not made for less code than the method wants; words are enough then', async () => {
    const fixture = indexingFixture(files(3));
    const { method, learn } = learningMethod({ minChunks: 4 });
    const indexer = fixture.newIndexer(method);
    await indexer.refresh();
    expect((await fixture.store.snapshot()).vectors).toEqual({});
    fixture.tree.write('another.ts', 'const another = 1;\n');
    await indexer.refresh();
    expect((await committed(fixture)).vectors).toHaveLength(4);
    for (const path of ['f0.ts', 'f1.ts']) fixture.tree.remove(path);
    await indexer.refresh();
    expect((await committed(fixture)).vectors).toHaveLength(2);
    fixture.tree.remove('f2.ts');
    await indexer.refresh();
    expect((await fixture.store.snapshot()).vectors).toEqual({});
    expect(fixture.store.basisIds()).toEqual([]);
    expect(learn).toHaveBeenCalledTimes(1);
  });

  test('takes the same sample whatever the order in which files were indexed', async () => {
    const all = files(40);
    const atOnce = indexingFixture(all);
    const { method, learn } = learningMethod({ sample: 10 });
    await atOnce.newIndexer(method).refresh();
    const oneByOne = indexingFixture();
    for (const [path, text] of Object.entries(all).reverse()) {
      oneByOne.tree.write(path, text);
      await oneByOne.newIndexer(fixedMethod(oneByOne.embedder)).refresh();
    }
    await oneByOne.newIndexer(method).refresh();
    const [first, second] = learn.mock.calls.map(([texts]) => texts);
    expect(first).toHaveLength(10);
    expect(second).toEqual(first);
    const { serving } = (await oneByOne.store.snapshot()).vectors;
    expect(serving).toMatchObject({
      ...(await atOnce.store.snapshot()).vectors.serving,
      version: serving?.version,
    });
  });
});

describe('a file that is saved', () => {
  test('is found by words before its vectors are made, and owed until then', async () => {
    const fixture = indexingFixture(files(5));
    await fixture.indexer.refresh();
    fixture.tree.write('f1.ts', 'const changed = 1;\n');
    fixture.tree.remove('f2.ts');
    const before = fixture.store.commits.length;
    await fixture.indexer.refresh();
    const [words, vectors, ...more] = fixture.store.commits.slice(before);
    expect(words?.vectors.serving?.pending).toEqual(new Set(['f1.ts', 'f2.ts']));
    expect(vectors?.vectors.serving?.pending).toEqual(new Set());
    expect(more).toEqual([]);
    expect((await committed(fixture)).vectors).toEqual(['f0.ts#0', 'f1.ts#0', 'f3.ts#0', 'f4.ts#0']);
  });

  test('is folded in with the basis as it is', async () => {
    const fixture = indexingFixture(files(20));
    const { method, learn } = learningMethod();
    const indexer = fixture.newIndexer(method);
    await indexer.refresh();
    const { serving } = (await fixture.store.snapshot()).vectors;
    fixture.tree.write('f1.ts', 'const f2 = 1;\n');
    await indexer.refresh();
    const after = (await fixture.store.snapshot()).vectors.serving;
    expect(after?.embedder).toBe(serving?.embedder);
    expect(after?.projection).toMatchObject({ chunks: 20, folded: { chunks: 1, unknown: 0 } });
    expect(learn).toHaveBeenCalledTimes(1);
  });

  test('again while its vectors are made keeps them owed', async () => {
    const fixture = indexingFixture(files(5));
    await fixture.indexer.refresh();
    const embed = fixture.embedder.embed.bind(fixture.embedder);
    let saves = 0;
    fixture.embedder.embed = async (texts, signal) => {
      if (saves++ === 0) {
        fixture.tree.write('f1.ts', 'const last = 1;\nconst line = 2;\n');
        await fixture.words.refresh();
      }
      return embed(texts, signal);
    };
    fixture.tree.write('f1.ts', 'const first = 1;\n');
    await fixture.indexer.refresh();
    expect(saves).toBe(2);
    expect(fixture.embedder.texts.at(-1)).toContain('line');
    expect((await fixture.store.snapshot()).vectors.serving?.pending).toEqual(new Set());
  });
});

describe('a new set', () => {
  test.each([
    ['there are twice as many chunks', files(10, 'g'), 2],
    ['there are a few more', { 'f0/f1.ts': 'const f2 = 1;\n' }, 1],
    ['many terms of those that changed are unknown', { 'odd.ts': 'odd();\n', 'queer.ts': 'queer();\n' }, 2],
  ])('is learnt when %s', async (_, more, times) => {
    const fixture = indexingFixture(files(10));
    const { method, learn } = learningMethod();
    const indexer = fixture.newIndexer(method);
    await indexer.refresh();
    const first = (await fixture.store.snapshot()).vectors.serving?.embedder;
    for (const [path, text] of Object.entries(more)) fixture.tree.write(path, text);
    await indexer.refresh();
    expect(learn).toHaveBeenCalledTimes(times);
    const { serving, next } = (await fixture.store.snapshot()).vectors;
    expect(serving?.embedder === first).toBe(times === 1);
    expect([serving?.pending.size, next]).toEqual([0, undefined]);
    expect(fixture.store.basisIds()).toHaveLength(1);
    expect((await committed(fixture)).vectors).toHaveLength(10 + Object.keys(more).length);
  });

  test('is made for another method; the old one serves until then', async () => {
    const fixture = indexingFixture(files(5));
    await fixture.indexer.refresh();
    const other = new FakeEmbedder();
    other.id = 'other';
    const before = fixture.store.commits.length;
    expect(await fixture.newIndexer(fixedMethod(other)).refresh()).toMatchObject({ reused: 5 });
    const roles = fixture.store.commits
      .slice(before)
      .map(({ vectors }) => [vectors.serving?.embedder, vectors.next?.embedder]);
    expect(roles).toEqual([
      ['fake 2', 'other'],
      ['other', undefined],
    ]);
  });

  test('that was begun in a way no longer wanted is given up', async () => {
    const fixture = indexingFixture(files(5));
    await fixture.indexer.refresh();
    const failing = { id: 'failing', dims: 2, embed: () => Promise.reject(new Error('refused')) };
    await expect(fixture.newIndexer(fixedMethod(failing)).refresh()).rejects.toThrow('refused');
    expect((await fixture.store.snapshot()).vectors.next?.embedder).toBe('failing');
    await fixture.indexer.refresh();
    expect((await fixture.store.snapshot()).vectors).toMatchObject({ serving: { embedder: 'fake 2' } });
    expect((await fixture.store.snapshot()).vectors.next).toBeUndefined();
  });
});

describe('damage', () => {
  test('of vectors is made good by embedding their files again, and no others', async () => {
    const fixture = indexingFixture({ ...files(3), ...files(2, 'longer') });
    await fixture.indexer.refresh();
    const lost = fixture.vectors.partOf('f0.ts');
    fixture.vectors.lost.add(lost);
    const stage = fixture.vectors.stage.bind(fixture.vectors);
    fixture.vectors.stage = (current, change) => {
      const isLeftOut = !fixture.vectors.at(current).some((key) => key.startsWith('f0.ts'));
      if (isLeftOut) fixture.vectors.lost.clear();
      return stage(current, change);
    };
    fixture.tree.reads.length = 0;
    fixture.tree.write('f1.ts', 'const f1 = 2;\n');
    fixture.embedder.texts.length = 0;
    await fixture.indexer.refresh();
    expect(fixture.tree.reads).toEqual(['f1.ts']);
    expect(fixture.embedder.texts.filter((text) => text.startsWith('longer'))).toEqual([]);
    expect((await committed(fixture)).vectors).toHaveLength(5);
  });

  test('of a basis is made good by learning again', async () => {
    const fixture = indexingFixture(files(5));
    const { method, learn } = learningMethod();
    await fixture.newIndexer(method).refresh();
    for (const id of fixture.store.basisIds()) fixture.store.loseBasis(id);
    fixture.tree.reads.length = 0;
    fixture.tree.write('f1.ts', 'const f2 = 1;\n');
    await fixture.newIndexer(method).refresh();
    expect(learn).toHaveBeenCalledTimes(2);
    expect(fixture.tree.reads).toEqual(['f1.ts']);
    expect((await committed(fixture)).vectors).toHaveLength(5);
  });

  test('of a segment is made good by reading its files again, and no others', async () => {
    const fixture = indexingFixture(files(3));
    await fixture.indexer.refresh();
    fixture.tree.write('g.ts', 'const g = 1;\n');
    await fixture.indexer.refresh();
    const [first = '', second = ''] = fixture.store.segmentIds();
    fixture.store.damage(second, new Uint8Array(8));
    fixture.tree.reads.length = 0;
    expect(await fixture.indexer.refresh({ repair: true })).toMatchObject({ files: 4, reused: 3 });
    expect(fixture.tree.reads).toEqual(['g.ts']);
    expect(fixture.store.segmentIds()).toContain(first);
    expect(await committed(fixture)).toEqual({
      texts: { ...files(3), 'g.ts': 'const g = 1;\n' },
      vectors: ['f0.ts#0', 'f1.ts#0', 'f2.ts#0', 'g.ts#0'],
    });
  });

  test('that is not there costs nothing to look for', async () => {
    const fixture = indexingFixture(files(3));
    await fixture.indexer.refresh();
    const commits = fixture.store.commits.length;
    await fixture.indexer.refresh({ repair: true });
    expect(fixture.store.commits).toHaveLength(commits);
  });
});
