import { describe, expect, test, vi } from 'vitest';
import type { IndexProgress } from '../../../src/core/indexing/refreshPass.ts';
import { committed, indexingFixture } from './indexingFixture.ts';

/** Distinct source of about this many bytes. */
function source(name: string, bytes: number): string {
  const line = `export const ${name} = compute(${name}, 'text');\n`;
  return line.repeat(Math.ceil(bytes / line.length));
}

describe('what a guess leaves out', () => {
  const files = {
    'gen.ts': '// @generated\nexport {};\n',
    'data.min.js': 'export const a = 1;\n',
    'deps.lock': 'one two\n',
    'flat.js': 'x=f(1);'.repeat(1000),
    'picture.png': new Uint8Array([1, 0, 2]),
    '.env': 'KEY=1\n',
  };
  const wanted = Object.keys(files).map((name) => `!${name}`);

  test('is brought back by `!` in .touchstoneignore, but for what is no text and for secrets', async () => {
    const fixture = indexingFixture(files);
    const before = await fixture.indexer.refresh();
    expect(before).toMatchObject({ files: 0 });
    fixture.tree.write('.touchstoneignore', wanted.join('\n'));
    const { skipped } = await fixture.indexer.refresh();
    expect(skipped).toEqual([
      { path: '.env', reason: 'secret' },
      { path: 'picture.png', reason: 'binary' },
    ]);
    expect(Object.keys((await committed(fixture)).texts).sort()).toEqual([
      '.touchstoneignore',
      'data.min.js',
      'deps.lock',
      'flat.js',
      'gen.ts',
    ]);
  });

  test.each(['gen.ts', 'data.min.js', 'deps.lock', 'flat.js'])(
    'stays out where another is meant: %s',
    async (name) => {
      const fixture = indexingFixture({ ...files, '.touchstoneignore': `!other/${name}\n!${name}x\n` });
      const { skipped } = await fixture.indexer.refresh();
      expect(skipped.map(({ path }) => path)).toContain(name);
    },
  );
});

describe('a first index', () => {
  test('holds every file that is worth it, and reports the rest', async () => {
    const fixture = indexingFixture({
      'src/a.ts': 'const a = 1;\n',
      'src/empty.ts': '',
      'b.md': '# Title\n\ntext\n',
      'data.unknown': new Uint8Array([1, 0, 2]),
      'gen.ts': '// @generated\nexport {};\n',
      'node_modules/x/i.js': 'x',
    });
    const report = await fixture.indexer.refresh();
    expect(report).toEqual({
      generation: 1,
      files: 3,
      chunks: 2,
      reused: 0,
      skipped: [
        { path: 'data.unknown', reason: 'binary' },
        { path: 'gen.ts', reason: 'generated' },
        { path: 'node_modules/', reason: 'ignored' },
      ],
      elapsedMs: 0,
    });
    expect(await committed(fixture)).toEqual({
      texts: { 'src/a.ts': 'const a = 1;\n', 'src/empty.ts': '', 'b.md': '# Title\n\ntext\n' },
      vectors: ['b.md#0', 'src/a.ts#0'],
    });
    expect((await fixture.store.snapshot()).complete).toBe(true);
  });

  test('embeds path and text of each chunk, and leaves out vectors that say nothing', async () => {
    const fixture = indexingFixture({ 'a.ts': 'const a = 1;\n', 'signs.txt': '+++\n' });
    await fixture.indexer.refresh();
    expect(fixture.embedder.texts.toSorted()).toEqual(['a.ts\nconst a = 1;\n', 'signs.txt\n+++\n']);
    expect((await committed(fixture)).vectors).toEqual(['a.ts#0']);
  });

  test('of an empty folder is complete and empty', async () => {
    const fixture = indexingFixture();
    expect(await fixture.indexer.refresh()).toMatchObject({ generation: 1, files: 0, chunks: 0 });
    expect((await fixture.store.snapshot()).complete).toBe(true);
  });

  test('is committed batch by batch, complete with the last only', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 7 }, (_, n) => [`f${n}.ts`, source(`v${n}`, 900_000)]),
    );
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    const words = fixture.store.commits.filter(({ upserts }) => upserts.length > 0);
    const batches = words.map((commit) => commit.upserts.map((record) => record.path));
    expect(batches.map((batch) => batch.join(' '))).toEqual(['f0.ts f1.ts f2.ts f3.ts f4.ts', 'f5.ts f6.ts']);
    expect(words.map((commit) => commit.complete)).toEqual([false, true]);
    expect((await committed(fixture)).texts).toEqual(files);
  });

  test('reports progress from scanning to the last file', async () => {
    const fixture = indexingFixture({ 'a.ts': 'a', 'b.ts': 'b' });
    const seen: IndexProgress[] = [];
    await fixture.indexer.refresh({ onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([
      { state: 'scanning', found: 2 },
      { state: 'indexing', done: 2, total: 2 },
    ]);
  });
});

describe('a refresh', () => {
  const files = { 'a.ts': 'const a = 1;\n', 'b.ts': 'const b = 1;\n', 'sub/c.ts': 'const c = 1;\n' };

  test('commits nothing and reads nothing when nothing changed', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    const { generation } = await fixture.store.snapshot();
    const commits = fixture.store.commits.length;
    fixture.tree.reads.length = 0;
    const report = await fixture.newIndexer().refresh();
    expect(report).toMatchObject({ generation, files: 3, reused: 3 });
    expect(fixture.tree.reads).toEqual([]);
    expect(fixture.store.commits).toHaveLength(commits);
  });

  test('takes in what was changed, added and deleted', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    fixture.tree.write('a.ts', 'const a = 2;\n');
    fixture.tree.write('new.ts', 'const n = 1;\n');
    fixture.tree.remove('sub');
    const report = await fixture.indexer.refresh();
    expect(report).toMatchObject({ files: 3, reused: 1 });
    expect(await committed(fixture)).toEqual({
      texts: { 'a.ts': 'const a = 2;\n', 'b.ts': 'const b = 1;\n', 'new.ts': 'const n = 1;\n' },
      vectors: ['a.ts#0', 'b.ts#0', 'new.ts#0'],
    });
  });

  test('records a mere touch without cutting again', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    const { files: recorded, generation } = await fixture.store.snapshot();
    const before = recorded.get('a.ts');
    fixture.tree.touch('a.ts');
    const embedded = fixture.embedder.texts.length;
    expect(await fixture.indexer.refresh()).toMatchObject({ generation: generation + 1, reused: 3 });
    expect(fixture.embedder.texts).toHaveLength(embedded);
    const after = (await fixture.store.snapshot()).files.get('a.ts');
    expect(after).toEqual({ ...before, modifiedMs: 4 });
    expect(await fixture.indexer.refresh()).toMatchObject({ generation: generation + 1 });
  });

  test('drops a file that is no longer fit, and reads it again only when it changes', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    fixture.tree.write('a.ts', '// @generated\n');
    expect(await fixture.indexer.refresh()).toMatchObject({ files: 2, skipped: [{ path: 'a.ts' }] });
    expect((await committed(fixture)).vectors).toEqual(['b.ts#0', 'sub/c.ts#0']);
    fixture.tree.reads.length = 0;
    expect(await fixture.indexer.refresh()).toMatchObject({
      skipped: [{ path: 'a.ts', reason: 'generated' }],
    });
    expect(fixture.tree.reads).toEqual([]);
    fixture.tree.write('a.ts', 'const a = 3;\n');
    expect(await fixture.indexer.refresh()).toMatchObject({ files: 3, skipped: [] });
  });

  test('follows the ignore rules when they change', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    fixture.tree.write('.gitignore', 'sub/\n');
    expect(await fixture.indexer.refresh()).toMatchObject({ skipped: [{ path: 'sub/', reason: 'ignored' }] });
    expect(Object.keys((await committed(fixture)).texts)).toEqual(['a.ts', 'b.ts', '.gitignore']);
  });

  test('skips a file that cannot be read, or vanishes before it is', async () => {
    const fixture = indexingFixture(files);
    fixture.tree.forbid('a.ts');
    const report = await fixture.indexer.refresh();
    expect(report).toMatchObject({ files: 2, skipped: [{ path: 'a.ts', reason: 'unreadable' }] });
  });

  test('starts over on demand', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    fixture.tree.remove('b.ts');
    expect(await fixture.indexer.refresh({ fromScratch: true })).toMatchObject({ files: 2, reused: 0 });
    expect((await committed(fixture)).vectors).toEqual(['a.ts#0', 'sub/c.ts#0']);
    expect(fixture.store.segmentIds()).toHaveLength(1);
  });

  test('gives the same index as starting over does', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    fixture.tree.write('a.ts', 'changed();\n');
    fixture.tree.remove('b.ts');
    await fixture.indexer.refresh();
    const refreshed = await committed(fixture);
    await fixture.indexer.refresh({ fromScratch: true });
    expect(await committed(fixture)).toEqual(refreshed);
  });
});

describe('a refresh of some paths', () => {
  test('reads what is named, also when size and time are the same, and commits what differs only', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    const { generation } = await fixture.store.snapshot();
    await fixture.indexer.refresh({ paths: ['a.ts'] });
    expect((await fixture.store.snapshot()).generation).toBe(generation);
    fixture.tree.writeWithinTick('a.ts', 'const a = 9;\n');
    await fixture.indexer.refresh({ paths: ['a.ts'] });
    expect((await committed(fixture)).texts['a.ts']).toBe('const a = 9;\n');
  });

  test('takes a file for a folder of its name, and back', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    fixture.tree.remove('a.ts');
    fixture.tree.write('a.ts/inner.ts', 'const inner = 1;\n');
    await fixture.indexer.refresh({ paths: ['a.ts'] });
    expect(Object.keys((await committed(fixture)).texts)).toEqual(['b.ts', 'sub/c.ts', 'a.ts/inner.ts']);
    fixture.tree.remove('a.ts');
    fixture.tree.write('a.ts', 'const again = 1;\n');
    await fixture.indexer.refresh({ paths: ['a.ts'] });
    expect(Object.keys((await committed(fixture)).texts)).toEqual(['b.ts', 'sub/c.ts', 'a.ts']);
  });

  const files = { 'a.ts': 'const a = 1;\n', 'b.ts': 'const b = 1;\n', 'sub/c.ts': 'const c = 1;\n' };

  test('looks at nothing else', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    for (const path of Object.keys(files)) fixture.tree.write(path, 'changed();\n');
    fixture.tree.reads.length = 0;
    expect(await fixture.indexer.refresh({ paths: ['sub'] })).toMatchObject({ files: 3, reused: 2 });
    expect(fixture.tree.reads).toEqual(['sub/c.ts']);
    expect((await committed(fixture)).texts).toEqual({ ...files, 'sub/c.ts': 'changed();\n' });
    expect((await fixture.store.snapshot()).complete).toBe(true);
  });

  test('notices deleted files and folders', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    fixture.tree.remove('sub');
    fixture.tree.remove('a.ts');
    await fixture.indexer.refresh({ paths: ['sub', 'a.ts', 'never.ts'] });
    expect(await committed(fixture)).toEqual({ texts: { 'b.ts': files['b.ts'] }, vectors: ['b.ts#0'] });
  });

  test('commits nothing for ignored paths', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    const commits = fixture.store.commits.length;
    fixture.tree.write('node_modules/x/index.js', 'x');
    await fixture.indexer.refresh({ paths: ['node_modules/x/index.js', '.git/index', 'b.ts'] });
    expect(fixture.store.commits).toHaveLength(commits);
  });

  test('looks at everything when a rule file is among them', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    fixture.tree.write('sub/.gitignore', '*');
    expect(await fixture.indexer.refresh({ paths: ['sub/.gitignore'] })).toMatchObject({ files: 2 });
  });

  test('looks at what is judged otherwise than before, however it is named, until it has', async () => {
    const fixture = indexingFixture(files);
    await fixture.indexer.refresh();
    fixture.tree.write('.gitignore', 'sub/');
    let settled = 0;
    const judged = (rejudged: readonly string[] | 'all') =>
      fixture.judging({ rejudged, settled: () => settled++ });
    fixture.tree.write('b.ts', 'const other = 1;');
    expect(await judged([]).refresh({ paths: ['.git/index'] })).toMatchObject({ files: 3 });
    expect(await judged(['sub/c.ts']).refresh({ paths: ['.git/index'] })).toMatchObject({
      files: 2,
      reused: 2,
    });
    expect(await judged('all').refresh({ paths: ['.git/index'] })).toMatchObject({ files: 3, reused: 1 });
    expect(settled).toBe(3);
    fixture.tree.forbid('');
    await expect(judged('all').refresh({ paths: [] })).rejects.toThrow();
    expect(settled).toBe(3);
  });

  test('looks at everything when the index is not complete', async () => {
    const fixture = indexingFixture(files);
    expect(await fixture.indexer.refresh({ paths: ['a.ts'] })).toMatchObject({ files: 3 });
  });
});

describe('cancelling', () => {
  const files = Object.fromEntries(
    Array.from({ length: 6 }, (_, n) => [`f${n}.ts`, source(`v${n}`, 1_000_000)]),
  );

  test('keeps what was committed, and the next refresh goes on from there', async () => {
    const fixture = indexingFixture(files);
    const abort = new AbortController();
    const read = fixture.tree.read.bind(fixture.tree);
    fixture.tree.read = async (path) => {
      if (path === 'f5.ts')
        await vi.waitFor(() => expect(fixture.store.commits).toHaveLength(1), { timeout: 60_000 });
      if (path === 'f5.ts') abort.abort();
      return read(path);
    };
    await expect(fixture.indexer.refresh({ signal: abort.signal })).rejects.toThrow('abort');
    expect(await fixture.store.snapshot()).toMatchObject({ generation: 1, complete: false });
    expect(Object.keys((await committed(fixture)).texts)).toEqual([
      'f0.ts',
      'f1.ts',
      'f2.ts',
      'f3.ts',
      'f4.ts',
    ]);
    fixture.tree.read = read;
    expect(await fixture.indexer.refresh()).toMatchObject({ generation: 2, files: 6, reused: 5 });
    expect((await committed(fixture)).texts).toEqual(files);
  });

  test('before the start changes nothing', async () => {
    const fixture = indexingFixture(files);
    await expect(fixture.indexer.refresh({ signal: AbortSignal.abort() })).rejects.toThrow('abort');
    expect(fixture.store.commits).toEqual([]);
  });
});

describe('failures', () => {
  test('of the embedder reach the caller, and words find the file nevertheless', async () => {
    const fixture = indexingFixture({ 'a.ts': 'const a = 1;\n' });
    await fixture.indexer.refresh();
    fixture.tree.write('a.ts', 'const a = 2;\n');
    fixture.embedder.embed = () => Promise.reject(new Error('no connection'));
    await expect(fixture.indexer.refresh()).rejects.toThrow('no connection');
    expect((await committed(fixture)).texts).toEqual({ 'a.ts': 'const a = 2;\n' });
  });
});
