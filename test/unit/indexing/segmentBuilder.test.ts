import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCodeChunker } from '../../../src/core/chunking/codeChunker.ts';
import type { Segment, SegmentFile } from '../../../src/core/indexing/segment.ts';
import { SegmentBuilder } from '../../../src/core/indexing/segmentBuilder.ts';
import { LINE_BREAK, render, wordOf } from '../../../src/core/text/lexer.ts';

const line = fc.constantFrom(
  '',
  'function f() {',
  '  return 1;',
  '}',
  '// text',
  `const s = '${'x'.repeat(400)}';`,
);
const text = fc.array(line, { maxLength: 150 }).map((lines) => lines.join('\n'));
const texts = fc.dictionary(fc.constantFrom('a.ts', 'b.ts', 'c.ts'), text);

function built(files: Readonly<Record<string, string>>): Segment {
  const builder = new SegmentBuilder();
  for (const [path, content] of Object.entries(files))
    builder.addText(path, content, createCodeChunker().chunk(path, content));
  return builder.build();
}

function textOf(
  { tokens, words }: Segment,
  { tokenStart, tokenEnd }: Pick<SegmentFile, 'tokenStart' | 'tokenEnd'>,
) {
  return render(tokens.subarray(tokenStart, tokenEnd), (word) => words[word - 1] ?? '').slice(1);
}

const contents = (segment: Segment) => segment.files.map((file) => [file.path, textOf(segment, file)]);

describe('built from texts', () => {
  test('holds each file as it was', () => {
    fc.assert(
      fc.property(texts, (files) => {
        expect(contents(built(files))).toEqual(Object.entries(files));
      }),
    );
  });

  test('the chunks of a file tile its tokens and begin at their first lines', () => {
    fc.assert(
      fc.property(texts, (files) => {
        const segment = built(files);
        for (const file of segment.files) {
          let at = file.tokenStart;
          let line = 1;
          for (const chunk of file.chunks) {
            expect(chunk.tokenStart).toBe(at);
            expect(chunk.startLine).toBe(line);
            expect(wordOf(segment.tokens[at] ?? 1)).toBe(LINE_BREAK);
            at = chunk.tokenEnd;
            line = chunk.endLine + 1;
          }
          if (file.chunks.length > 0) expect(at).toBe(file.tokenEnd);
        }
      }),
    );
  });

  test('a chunk holds exactly its lines', () => {
    const content = Array.from({ length: 200 }, (_, n) => `const value${n} = ${n};`).join('\n');
    const segment = built({ 'before.ts': 'before();\n', 'a.ts': content });
    const lines = content.split('\n');
    const chunks = segment.files[1]?.chunks ?? [];
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks) {
      expect(textOf(segment, chunk)).toBe(lines.slice(chunk.startLine - 1, chunk.endLine).join('\n'));
    }
  });
});

test('files moved from other segments keep text and chunks', () => {
  fc.assert(
    fc.property(texts, texts, (first, second) => {
      const builder = new SegmentBuilder();
      const expected = [];
      for (const segment of [built(first), built(second)]) {
        for (const file of segment.files.toReversed()) {
          builder.addFile(segment, file);
          expected.push({
            path: file.path,
            text: textOf(segment, file),
            chunks: file.chunks.map((c) => textOf(segment, c)),
          });
        }
      }
      const merged = builder.build();
      const actual = merged.files.map((file) => ({
        path: file.path,
        text: textOf(merged, file),
        chunks: file.chunks.map((chunk) => textOf(merged, chunk)),
      }));
      expect(actual).toEqual(expected);
    }),
  );
});
