import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.ts';
import { segmentOf } from '../../support/segmentOf.ts';

function indexOf(files: Readonly<Record<string, string>>, linesPerChunk?: number): LexicalIndex {
  const index = new LexicalIndex();
  addAll(index, files, linesPerChunk);
  return index;
}

function addAll(index: LexicalIndex, files: Readonly<Record<string, string>>, linesPerChunk?: number): void {
  const segment = segmentOf(files, linesPerChunk);
  for (const file of segment.files) index.addFile(segment, file);
}

const found = (index: LexicalIndex, query: string): readonly string[] =>
  index.search(query, 50).map(({ path, ordinal }) => `${path}#${ordinal}`);

const workspace = {
  'src/http/retry.ts': 'export function computeBackoff(attempt: number) {\n  return 2 ** attempt;\n}\n',
  'src/http/client.ts':
    "import { computeBackoff } from './retry.ts';\ncomputeBackoff(1); computeBackoff(2); computeBackoff(3);\n",
  'src/parser/jsonParser.ts':
    'export class JsonParser {\n  parse(text: string) {\n    return text;\n  }\n}\n',
  'docs/guide.md': '# Backoff\n\nHow waiting between attempts is computed.\n',
};

describe('LexicalIndex', () => {
  it('puts the definition of a name before its uses', () => {
    expect(found(indexOf(workspace), 'computeBackoff')[0]).toBe('src/http/retry.ts#0');
    expect(found(indexOf(workspace), 'where is COMPUTEBACKOFF?')[0]).toBe('src/http/retry.ts#0');
  });

  it('finds names by their parts in any form', () => {
    expect(found(indexOf(workspace), 'json parsers')).toEqual(['src/parser/jsonParser.ts#0']);
  });

  it('puts the beginning of a file first that is asked for by path or name', () => {
    const long = `${'const filler = 1;\n'.repeat(30)}// client client http src\n`.repeat(4);
    const index = indexOf({ ...workspace, 'src/http/client.test.ts': long, 'src/http/client.ts': long }, 10);
    expect(found(index, 'src/http/client.ts')[0]).toBe('src/http/client.ts#0');
    expect(found(index, 'client.ts')[0]).toBe('src/http/client.ts#0');
  });

  it('finds a chunk by the class it lies in', () => {
    const body = '  other() {\n    return 1;\n  }\n'.repeat(4);
    const index = indexOf({ 'a.ts': `class Ledger {\n${body}  close() {\n    return 2;\n  }\n}\n` }, 13);
    expect(found(index, 'ledger')).toEqual(['a.ts#0', 'a.ts#1']);
  });

  it.each(['', '   ', '???', 'the of', 'nowhereToBeFound'])('finds nothing for %j', (query) => {
    expect(found(indexOf(workspace), query)).toEqual([]);
  });

  it('copes with a very long query', () => {
    const query = Object.values(workspace).join('\n').repeat(200);
    expect(found(indexOf(workspace), query).length).toBeGreaterThan(0);
  });

  it('gives no more than asked for, best first, each chunk once', () => {
    const hits = indexOf(workspace).search('compute backoff attempt', 2);
    expect(hits).toHaveLength(2);
    expect(hits[0]?.score).toBeGreaterThanOrEqual(hits[1]?.score ?? Infinity);
    expect(indexOf(workspace).search('backoff', 0)).toEqual([]);
  });

  it('knows the lines of live chunks', () => {
    const index = indexOf({ 'a.ts': 'one\ntwo\nthree\nfour' }, 3);
    expect(index.chunk('a.ts', 0)).toEqual({ startLine: 1, endLine: 3 });
    expect(index.chunk('a.ts', 1)).toEqual({ startLine: 4, endLine: 4 });
    expect(index.chunk('a.ts', 2)).toBeUndefined();
    index.removeFile('a.ts');
    expect(index.chunk('a.ts', 0)).toBeUndefined();
  });

  it('replaces a file that is added again', () => {
    const index = indexOf(workspace);
    addAll(index, { 'src/http/retry.ts': 'export const jitter = 1;\n' });
    expect(found(index, 'jitter')).toEqual(['src/http/retry.ts#0']);
    expect(found(index, 'computeBackoff')).not.toContain('src/http/retry.ts#0');
    expect(index.fileCount).toBe(4);
  });

  it('ignores the removal of what it does not have', () => {
    const index = indexOf(workspace);
    index.removeFile('gone.ts');
    expect(index.chunkCount).toBe(4);
  });

  it('finds exactly the live chunks that have a word, after any additions and removals', () => {
    const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta');
    const step = fc.record({
      path: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      lines: fc.option(fc.array(word, { maxLength: 6 })),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const index = new LexicalIndex();
        const model = new Map<string, readonly string[]>();
        for (const { path, lines } of steps) {
          if (lines === null) {
            index.removeFile(path);
            model.delete(path);
          } else {
            addAll(index, { [path]: lines.join('\n') }, 1);
            model.set(path, lines.length === 0 ? [''] : lines);
          }
        }
        for (const query of ['alpha', 'delta']) {
          const expected = [...model].flatMap(([path, lines]) =>
            lines.flatMap((line, at) => (line === query ? [`${path}#${at}`] : [])),
          );
          expect(found(index, query).toSorted()).toEqual(expected.toSorted());
        }
        expect(index.fileCount).toBe(model.size);
        expect(index.chunkCount).toBe([...model.values()].flat().length);
      }),
      { numRuns: 60 },
    );
  });
});
