import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkText, MAX_CHUNK_CHARS, MAX_CHUNK_LINES } from '../../../src/core/chunking/indentChunker.ts';

const line = fc.oneof(
  fc.constantFrom('', '  ', '}', 'end', '  })', '/** Doc. */', '@decorator', '# heading', 'function f() {'),
  fc.string(),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);
const text = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 300 })
  .map((lines) => lines.map(([content, end]) => content + end).join(''));
const anyText = fc.oneof(
  text,
  fc.string({ unit: 'binary' }),
  text.map((t) => t.replace(/[\r\n]+$/, '')),
);

/** Line number of an offset, counted the slow way. */
function lineAt(content: string, offset: number): number {
  return content.slice(0, offset).split(/\r\n|\r|\n/).length;
}

describe('for any text', () => {
  test('chunks tile it exactly and none is empty', () => {
    fc.assert(
      fc.property(anyText, (content) => {
        let at = 0;
        for (const chunk of chunkText(content)) {
          expect(chunk.startOffset).toBe(at);
          expect(chunk.endOffset).toBeGreaterThan(at);
          at = chunk.endOffset;
        }
        expect(at).toBe(content.length);
      }),
    );
  });

  test('line numbers are exact', () => {
    fc.assert(
      fc.property(anyText, (content) => {
        for (const chunk of chunkText(content)) {
          // Between CR and LF there is no line border: count from the character that follows the border.
          expect(chunk.startLine).toBe(lineAt(content, chunk.startOffset));
          expect(chunk.endLine).toBe(lineAt(content, lastCharacter(content, chunk.endOffset)));
        }
      }),
    );
  });

  test('no chunk exceeds the caps unless it is one line', () => {
    const long = fc.string({ minLength: 1500, maxLength: 5000 });
    const mixed = fc.array(fc.oneof({ weight: 5, arbitrary: line }, { weight: 1, arbitrary: long }));
    fc.assert(
      fc.property(mixed, (lines) => {
        for (const chunk of chunkText(lines.join('\n'))) {
          if (chunk.startLine === chunk.endLine) continue;
          expect(chunk.endOffset - chunk.startOffset).toBeLessThanOrEqual(MAX_CHUNK_CHARS);
          expect(chunk.endLine - chunk.startLine).toBeLessThan(MAX_CHUNK_LINES);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('the same text gives the same chunks, whatever was cut before', () => {
    fc.assert(
      fc.property(text, text, (content, other) => {
        const chunks = chunkText(content);
        chunkText(other);
        expect(chunkText(content)).toEqual(chunks);
      }),
    );
  });
});

function lastCharacter(content: string, end: number): number {
  return content.endsWith('\r\n', end) ? end - 2 : end - 1;
}

/** A function of about 1,400 characters that fits no chunk together with another one. */
function functionNamed(name: string, head = ''): string {
  const body = Array.from({ length: 28 }, (_, n) => `  const value${n} = compute(${n}, 'some text here');`);
  return `${head}function ${name}() {\n${body.join('\n')}\n}\n`;
}

function chunksOf(content: string): readonly string[] {
  return chunkText(content).map((chunk) => content.slice(chunk.startOffset, chunk.endOffset));
}

describe('where it cuts', () => {
  test('nothing gives no chunk', () => {
    expect(chunkText('')).toEqual([]);
  });

  test('a small file is one chunk', () => {
    expect(chunkText('a\n\nb\n')).toEqual([{ startLine: 1, endLine: 3, startOffset: 0, endOffset: 5 }]);
  });

  test('a single line over the cap is one chunk', () => {
    const content = 'x'.repeat(100_000);
    expect(chunkText(content)).toEqual([{ startLine: 1, endLine: 1, startOffset: 0, endOffset: 100_000 }]);
  });

  test('between functions, with or without blank lines', () => {
    const [first, second] = [functionNamed('first'), functionNamed('second')];
    expect(chunksOf(first + second)).toEqual([first, second]);
    expect(chunksOf(`${first}\n\n${second}`)).toEqual([`${first}\n\n`, second]);
  });

  test.each([
    ['doc comment', '/**\n * Says what it does.\n */\n'],
    ['line comments', '// One.\n// Two.\n'],
    ['decorator over several lines', '@Component({\n  name: "x",\n})\n'],
    ['attribute', '#[derive(Debug)]\n'],
  ])('a %s stays with its declaration', (_, head) => {
    const [first, second] = [functionNamed('first'), functionNamed('second', head)];
    expect(chunksOf(first + second)).toEqual([first, second]);
  });

  test('inside a long function at a blank line rather than in nested code', () => {
    const part = (n: number) =>
      `  for (const item of list${n}) {\n${`    if (item) use(item, 'and some more text');\n`.repeat(22)}  }\n`;
    const [first = '', second = ''] = chunksOf(`function long() {\n${part(1)}\n${part(2)}}\n`);
    expect(first.endsWith('  }\n\n')).toBe(true);
    expect(second.startsWith('  for (const item of list2)')).toBe(true);
  });

  test('small neighbours share a chunk', () => {
    const small = Array.from({ length: 10 }, (_, n) => `export const value${n} = ${n};\n`).join('\n');
    expect(chunksOf(small)).toEqual([small]);
  });

  test('Python functions, each with its decorator', () => {
    const body = Array.from(
      { length: 30 },
      (_, n) => `    value_${n} = compute(${n}, "some text here")\n`,
    ).join('');
    const first = `@cached\ndef first():\n${body}\n\n`;
    const second = `@cached\ndef second():\n${body}`;
    expect(chunksOf(first + second)).toEqual([first, second]);
  });
});
