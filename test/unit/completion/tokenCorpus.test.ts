import { describe, expect, it } from 'vitest';
import { anchorHash } from '../../../src/core/completion/anchor.ts';
import { TokenCorpus } from '../../../src/core/completion/tokenCorpus.ts';
import type { Segment } from '../../../src/core/indexing/segment.ts';
import { render } from '../../../src/core/text/lexer.ts';
import { segmentOf } from '../../support/segmentOf.ts';

function addAll(corpus: TokenCorpus, segment: Segment): void {
  for (const file of segment.files) corpus.addFile(segment, file);
}

function corpusOf(files: Readonly<Record<string, string>>): TokenCorpus {
  const corpus = new TokenCorpus();
  addAll(corpus, segmentOf(files));
  return corpus;
}

/** Texts of the live files that contain the anchor at the end of `context`, newest first. */
function filesAfter(corpus: TokenCorpus, context: readonly string[]): string[] {
  const words = context.map((text) => corpus.vocabulary.intern(text));
  const stream = { wordAt: (position: number) => words[position] ?? 0 };
  const found: string[] = [];
  const hash = anchorHash(stream, words.length - 1, corpus.kinds);
  const places = corpus.places(hash);
  for (let at = places.next(); at !== 0; at = places.next()) {
    const file = corpus.fileAt(at);
    if (file !== undefined) found.push(file.path);
  }
  return found;
}

function textOf(corpus: TokenCorpus, position: number): string {
  const file = corpus.fileAt(position);
  if (file === undefined) return '';
  const tokens = Array.from({ length: file.end - file.start }, (_, at) => corpus.tokenAt(file.start + at));
  return render(tokens, (word) => corpus.vocabulary.textOf(word)).slice(1);
}

describe('TokenCorpus', () => {
  it('finds every file with an anchor, newest first, until it is removed', () => {
    const corpus = corpusOf({ 'a.ts': 'foo.bar(1)', 'b.ts': 'x = foo.bar(2)', 'c.ts': 'other' });
    expect(filesAfter(corpus, ['foo', '.', 'bar', '('])).toEqual(['b.ts', 'a.ts']);
    expect(corpus.removeFile('b.ts')).toBe(true);
    expect(corpus.removeFile('b.ts')).toBe(false);
    expect(filesAfter(corpus, ['foo', '.', 'bar', '('])).toEqual(['a.ts']);
    expect(corpus.fileCount).toBe(2);
  });

  it('replaces a file by its new version', () => {
    const corpus = corpusOf({ 'a.ts': 'foo.bar(1)' });
    const before = corpus.tokenCount;
    addAll(corpus, segmentOf({ 'a.ts': 'foo.baz(1)' }));
    expect(corpus.tokenCount).toBe(before);
    expect(filesAfter(corpus, ['foo', '.', 'bar', '('])).toEqual([]);
    expect(filesAfter(corpus, ['foo', '.', 'baz', '('])).toEqual(['a.ts']);
  });

  it('gives one word one id across segments', () => {
    const corpus = new TokenCorpus();
    addAll(corpus, segmentOf({ 'a.ts': 'zero one.two' }));
    addAll(corpus, segmentOf({ 'b.ts': 'one.two zero' }));
    expect(filesAfter(corpus, ['one', '.'])).toEqual(['b.ts', 'a.ts']);
  });

  it('keeps nothing of files without a word, nor of what they were before', () => {
    const corpus = corpusOf({ 'a.ts': 'zero one', 'b.ts': 'zero one' });
    const before = corpus.heldBytes;
    for (let n = 0; n < 20_000; n++)
      addAll(corpus, segmentOf({ [`empty${n}.ts`]: n % 2 === 0 ? '' : '\n\n' }));
    expect(corpus.heldBytes).toEqual(before);
    expect([corpus.tokenCount, corpus.fileCount]).toEqual([6, 2]);
    expect(corpus.removeFile('empty1.ts')).toBe(false);
    addAll(corpus, segmentOf({ 'a.ts': '\n' }));
    expect(filesAfter(corpus, ['zero', 'one'])).toEqual(['b.ts']);
    expect(corpus.fileCount).toBe(1);
  });

  it('frees what many updates left behind and keeps every live file whole', () => {
    const corpus = new TokenCorpus();
    const stable = 'const keep = makeStable();\n'.repeat(50);
    addAll(corpus, segmentOf({ 'keep.ts': stable }));
    const body = 'value += compute(value);\n'.repeat(1000);
    for (let version = 0; version < 120; version++) {
      addAll(corpus, segmentOf({ 'hot.ts': `const version${version} = 0;\n${body}` }));
    }
    expect(corpus.fileCount).toBe(2);
    // 120 versions of about 9,000 tokens would be 8.6 MB.
    const { tokens, chains } = corpus.heldBytes;
    expect(tokens + chains).toBeLessThan(2 * 4 * 2 ** 20 + 3 * 2 ** 20);
    expect(filesAfter(corpus, ['const', 'version119', '='])).toEqual(['hot.ts']);
    const [keep] = filesAfter(corpus, ['makeStable', '(', ')']);
    expect(keep).toBe('keep.ts');
    const words = ['makeStable', '('].map((text) => corpus.vocabulary.intern(text));
    const hash = anchorHash({ wordAt: (at) => words[at] ?? 0 }, 1, corpus.kinds);
    expect(textOf(corpus, corpus.places(hash).next())).toBe(stable);
  });
});
