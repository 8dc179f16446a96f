import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_CHUNK_CHARS, MAX_CHUNK_LINES, type SyntaxParser } from '../../../src/core/ports/chunker.ts';
import { createCodeChunker } from '../../../src/core/chunking/codeChunker.ts';
import { anyText, expectTiling, line, text } from './anyText.ts';

const chunker = createCodeChunker();
const chunk = (path: string, content: string) => chunker.chunk(path, content);
const anyPath = fc.constantFrom('a.ts', 'a.cpp', 'a.py', 'a.md', 'a.ipynb', 'Makefile');

/** Says anything, sense or not. */
const anyParser = fc
  .oneof(fc.constant(undefined), fc.array(fc.nat(4000), { maxLength: 40 }))
  .map((constructs): SyntaxParser => ({ constructs: () => constructs }));

describe('for any text, path and parser', () => {
  test('chunks tile it exactly, none is empty, line numbers are exact', () => {
    fc.assert(
      fc.property(anyPath, anyText, anyParser, (path, content, parser) => {
        expectTiling(content, createCodeChunker(parser).chunk(path, content));
      }),
    );
  });

  test('no chunk exceeds the caps unless it is one line', () => {
    const long = fc.string({ minLength: 1500, maxLength: 5000 });
    const mixed = fc.array(fc.oneof({ weight: 5, arbitrary: line }, { weight: 1, arbitrary: long }));
    fc.assert(
      fc.property(anyPath, mixed, anyParser, (path, lines, parser) => {
        for (const each of createCodeChunker(parser).chunk(path, lines.join('\n'))) {
          if (each.startLine === each.endLine) continue;
          expect(each.endOffset - each.startOffset).toBeLessThanOrEqual(MAX_CHUNK_CHARS);
          expect(each.endLine - each.startLine).toBeLessThan(MAX_CHUNK_LINES);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('the same text gives the same chunks, whatever was cut before', () => {
    fc.assert(
      fc.property(anyPath, text, text, (path, content, other) => {
        const chunks = chunk(path, content);
        chunk(path, other);
        expect(chunk(path, content)).toEqual(chunks);
      }),
    );
  });
});

/** A function of about 1,400 characters that fits no chunk together with another one. */
function functionNamed(name: string, head = ''): string {
  const body = Array.from({ length: 28 }, (_, n) => `  const value${n} = compute(${n}, 'some text here');`);
  return `${head}function ${name}() {\n${body.join('\n')}\n}\n`;
}

function chunksOf(content: string, path = 'a.ts'): readonly string[] {
  return chunk(path, content).map((each) => content.slice(each.startOffset, each.endOffset));
}

describe('where it cuts', () => {
  test('nothing gives no chunk', () => {
    expect(chunk('a.ts', '')).toEqual([]);
  });

  test('a small file is one chunk', () => {
    expect(chunk('a.ts', 'a\n\nb\n')).toEqual([{ startLine: 1, endLine: 3, startOffset: 0, endOffset: 5 }]);
  });

  test('a single line over the cap is one chunk', () => {
    const content = 'x'.repeat(100_000);
    expect(chunk('a.ts', content)).toEqual([
      { startLine: 1, endLine: 1, startOffset: 0, endOffset: 100_000 },
    ]);
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
    ['attribute of C#', '[Test, Category("slow")]\n'],
    ['name of a table', '[tool.poetry]\n'],
  ])('a %s stays with its declaration', (_, head) => {
    const [first, second] = [functionNamed('first'), functionNamed('second', head)];
    expect(chunksOf(first + second)).toEqual([first, second]);
  });

  test('not inside a function that fits, though that leaves a small chunk', () => {
    const small = 'const answer = 42;\n\n';
    const parts = Array.from({ length: 12 }, (_, n) => `  step${n}(${'x'.repeat(152)});\n\n`);
    const large = `function large() {\n${parts.join('')}}\n`;
    const other = functionNamed('other');
    expect(chunksOf(`${small}${large}\n${other}`)).toEqual([small, `${large}\n`, other]);
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
    expect(chunksOf(first + second, 'a.py')).toEqual([first, second]);
  });

  test('cells of a notebook', () => {
    const cell = (name: string) => ({
      cell_type: 'code',
      source: Array.from({ length: 30 }, (_, n) => `${name}_${n} = compute(${n}, 'text')\n`),
    });
    const notebook = JSON.stringify({ cells: [cell('one'), cell('two'), cell('three')] }, null, 1);
    const chunks = chunksOf(notebook, 'a.ipynb');
    expect(chunks).toHaveLength(3);
    for (const [at, name] of ['one', 'two', 'three'].entries()) {
      expect(chunks[at]).toContain(`${name}_0 =`);
      expect(chunks[at]).toContain(`${name}_29 =`);
    }
  });
});

describe('what it keeps whole', () => {
  test('a function with text at the margin', () => {
    const first = functionNamed('first').replace('\n}', '\n  a = `\ntext\n`;\n}');
    expect(chunksOf(first + functionNamed('second'))).toEqual([first, functionNamed('second')]);
  });

  test('a branch of what is too long for one chunk', () => {
    const steps = (count: number) => Array.from({ length: count }, (_, n) => `    step${n}();\n`).join('');
    const branch = `  } else {\n${steps(58)}  }`;
    const content = `function f() {\n  if (a) {\n${steps(60)}${branch}\n}\n`;
    expect(chunksOf(content).some((each) => each.includes(branch))).toBe(true);
  });

  test('a comment that does not fit with what it is about', () => {
    const comment = `/**\n${' * Says something of it, at some length.\n'.repeat(20)} */\n`;
    expect(chunksOf(functionNamed('a') + comment + functionNamed('b'))).toEqual([
      functionNamed('a'),
      comment,
      functionNamed('b'),
    ]);
  });
});

describe('when it parses', () => {
  const unindented =
    functionNamed('first').replace(/^ +/gm, '') + functionNamed('second').replace(/^ +/gm, '');
  function pathsParsed(path: string, content: string): readonly string[] {
    const asked: string[] = [];
    const parser: SyntaxParser = { constructs: (each) => void asked.push(each) };
    createCodeChunker(parser).chunk(path, content);
    return asked;
  }

  test.each([
    ['formatted code', 'a.ts', functionNamed('first') + functionNamed('second'), 0],
    ['code that is not indented', 'a.ts', unindented, 1],
    [
      'a text at the margin inside a function',
      'a.go',
      `${functionNamed('f').slice(0, -2)}\nx\n}\n${functionNamed('g')}`,
      1,
    ],
    [
      'a template at the margin inside a function',
      'a.ts',
      `${functionNamed('f').slice(0, -2)}\n  a = \`\nx\n\`;\n}\n${functionNamed('g')}`,
      0,
    ],
    ['code that is not indented around a template', 'a.ts', `a = \`\nx\n\`;\n${unindented}`, 1],
    ['formatted C', 'a.c', functionNamed('first') + functionNamed('second'), 1],
    ['Python, whose indentation is its syntax', 'a.py', unindented, 0],
    ['a file that fits one chunk', 'a.ts', 'f(\na\n)\n', 0],
    ['a very long file', 'a.ts', unindented.repeat(500), 0],
    ['very long lines', 'a.c', `${'x'.repeat(1000)}\n`.repeat(10), 0],
  ])('%s', (_, path, content, times) => {
    expect(pathsParsed(path, content)).toHaveLength(times);
  });

  test('what it is told counts as nesting', () => {
    const [first, second] = unindented.split(/(?<=\}\n)/);
    const at = first?.length ?? 0;
    const parser: SyntaxParser = { constructs: () => [0, at - 1, at, unindented.length - 1] };
    const spans = createCodeChunker(parser).chunk('a.ts', unindented);
    expect(spans.map((each) => unindented.slice(each.startOffset, each.endOffset))).toEqual([first, second]);
  });
});

// Anything worse than linear would take longer than a test may.
test('a line of 50 MB', () => {
  const content = `${'function f() { return [1, 2, 3]; } '.repeat(1_430_000)}\n`;
  expect(chunk('a.js', content)).toHaveLength(1);
});
