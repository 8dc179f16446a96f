import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  loadTreeSitter,
  type TreeSitterParser,
} from '../../../../src/adapters/treesitter/treeSitterParser.ts';
import {
  type Chunker,
  fitsChunk,
  MAX_CHUNK_CHARS,
  MAX_CHUNK_LINES,
  type SyntaxParser,
} from '../../../../src/core/ports/chunker.ts';
import { createCodeChunker } from '../../../../src/core/chunking/codeChunker.ts';
import type { Logger } from '../../../../src/core/ports/runtime.ts';
import { anyText, expectTiling } from '../../chunking/anyText.ts';
import { readGrammarFile } from './grammarSet.ts';

const nothingFits: Parameters<SyntaxParser['constructs']>[2] = () => false;
const warnings: string[] = [];
const log: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => void warnings.push(message),
  error: () => undefined,
};
let parser: TreeSitterParser;
let chunker: Chunker;

beforeAll(async () => {
  const loaded = await loadTreeSitter(readGrammarFile, log);
  if (!loaded) throw new Error('tree-sitter cannot be loaded');
  parser = loaded;
  chunker = createCodeChunker(loaded);
});

function textsOf(path: string, content: string, fits = nothingFits): readonly string[] {
  const ranges = Array.from(parser.constructs(path, content, fits) ?? []);
  return ranges.flatMap((start, at) => (at % 2 === 0 ? [content.slice(start, ranges[at + 1])] : []));
}

const body = '  first();\n  second();\n';

test.each([
  ['a.sh', `f() {\n${body}}\n`],
  ['a.cs', 'class A {\n  int F() {\n    return 1;\n  }\n}\n'],
  ['a.c', 'int f(void) {\n  return 1;\n}\n'],
  ['a.hpp', 'namespace n {\nclass A {\n  int f();\n};\n}\n'],
  ['a.css', 'a {\n  color: red;\n}\n'],
  ['a.go', 'package a\n\nfunc f() {\n\tg()\n}\n'],
  ['a.html', '<p>\n  <b>text</b>\n</p>\n'],
  ['a.kt', 'fun f() {\n  g()\n}\n'],
  ['a.lua', 'function f()\n  g()\nend\n'],
  ['A.java', 'class A {\n  int f() {\n    return 1;\n  }\n}\n'],
  ['a.mjs', `function f() {\n${body}}\n`],
  ['a.php', `<?php\nfunction f() {\n${body}}\n`],
  ['a.ps1', 'function F {\n  Get-Item x\n}\n'],
  ['a.py', 'def f():\n  return 1\n'],
  ['a.rb', 'def f\n  1\nend\n'],
  ['a.rs', `fn f() {\n${body}}\n`],
  ['a.tsx', 'const a = (\n  <p>\n    text\n  </p>\n);\n'],
  ['a.ts', `function f(): void {\n${body}}\n`],
])('knows the syntax of %s', (path, content) => {
  expect(textsOf(path, content).length).toBeGreaterThan(0);
  expect(warnings).toEqual([]);
});

describe('constructs', () => {
  const inner = 'inner(\n    1,\n  )';
  const outer = `function outer() {\n  ${inner};\n}`;

  test('come outer before inner and begin with something of their own', () => {
    const found = textsOf('a.ts', `${outer}\n`);
    expect(found[0]).toBe(outer);
    expect(found).toContain('(\n    1,\n  )');
    // A call begins with the name of what is called.
    expect(found).not.toContain(inner);
  });

  test('of one line are left out', () => {
    expect(textsOf('a.ts', 'function f() { g(); }\nf();\n')).toEqual([]);
  });

  test('are not looked into when they fit', () => {
    expect(textsOf('a.ts', `${outer}\n${outer}\n`, (chars) => chars <= outer.length)).toEqual([outer, outer]);
  });

  test('of an unknown language are not known', () => {
    expect(parser.constructs('a.unknown', outer, nothingFits)).toBeUndefined();
  });

  test('are found around a mistake', () => {
    expect(textsOf('a.ts', `${outer}\nlet = ] ;\n${outer}\n`)).toContain(outer);
  });

  test('of a text that the parser reads over and over are given up', () => {
    const content = 'f(a)(b)[c]{d\n'.repeat(4000);
    // To the end it takes six seconds, longer than a test may.
    expect(parser.constructs('a.sh', content, nothingFits)).toBeUndefined();
    expect(textsOf('a.sh', `f() {\n${body}}\n`)).not.toEqual([]);
  });
});

test.each([
  ['a.ts', 'const a = f(1);\n', true],
  ['a.ts', 'const a = f(1;\n', false],
  ['a.py', 'def f():\n    return 1\n', true],
  ['a.py', 'def f()\n    return 1\n', false],
  ['a.unknown', 'anything', undefined],
])('whether %s %j is well-formed: %s', (path, content, verdict) => {
  expect(parser.isWellFormed(path, content)).toBe(verdict);
});

test.each([
  ['a.java', '@Override\n@A(\n  1\n)\n', 'public static void f() {\n  g();\n}'],
  ['a.cs', '[Test]\n[A(\n  1\n)]\n', 'public void F() {\n  G();\n}'],
])('what is annotated in %s begins below its annotations', (path, annotations, method) => {
  const whole = annotations.length + method.length;
  const found = textsOf(path, `class A {\n${annotations}${method}\n}\n`, (chars) => chars <= whole);
  expect(found).toContain(annotations.trimEnd());
  expect(found).toContain(method);
  expect(found).not.toContain(annotations + method);
});

describe('chunks cut by syntax', () => {
  test.each([
    ...[
      'a.ts',
      'a.tsx',
      'a.js',
      'a.cpp',
      'a.cs',
      'a.css',
      'a.go',
      'a.html',
      'A.java',
      'a.kt',
      'a.lua',
      'a.php',
    ],
    ...['a.ps1', 'a.py', 'a.rb', 'a.rs', 'a.sh'],
  ])('tile any text, under the caps, the same each time: %s', (file) => {
    // Blocks of the text's own, and whatever the grammar makes of it, whether or not brackets contradict indentation.
    const always: SyntaxParser = {
      constructs: (_, content, fits) => parser.constructs(file, content, fits) ?? [],
    };
    fc.assert(
      fc.property(anyText, (content) => {
        const chunks = createCodeChunker(always).chunk('a.c', content);
        expectTiling(content, chunks);
        for (const { startLine, endLine, startOffset, endOffset } of chunks) {
          const isUnderCaps =
            endOffset - startOffset <= MAX_CHUNK_CHARS && endLine - startLine < MAX_CHUNK_LINES;
          expect(startLine === endLine || isUnderCaps).toBe(true);
        }
        expect(createCodeChunker(always).chunk('a.c', content)).toEqual(chunks);
      }),
      { numRuns: 15 },
    );
    expect(warnings).toEqual([]);
  });

  test('keep a function whole although nothing is indented', () => {
    const part = (name: string) =>
      `function ${name}() {\n${`if (a) {\ncall('${'x'.repeat(30)}');\n}\n\n`.repeat(14)}}\n`;
    const parts = ['one', 'two', 'three'].map(part);
    const content = parts.join('\n');
    const chunks = chunker
      .chunk('a.ts', content)
      .map((each) => content.slice(each.startOffset, each.endOffset));
    for (const each of parts) expect(chunks.some((chunk) => chunk.includes(each))).toBe(true);
  });

  test('keep an annotated method whole, with the bracket that ends it', () => {
    const part = (name: string) =>
      `@Override\npublic void ${name}() {\n${`if (a) {\ncall("${'x'.repeat(30)}");\n}\n`.repeat(14)}}\n`;
    const parts = ['one', 'two', 'three'].map(part);
    const content = `class A {\n${parts.join('')}}\n`;
    const chunks = chunker
      .chunk('A.java', content)
      .map((each) => content.slice(each.startOffset, each.endOffset));
    for (const each of parts) expect(chunks.some((chunk) => chunk.includes(each))).toBe(true);
  });

  test('take no more memory each time', () => {
    const content = `function f() {\n${'if (a) {\nb(`\n`);\n}\n'.repeat(500)}}\n`;
    const parse = () => parser.constructs('a.ts', content, fitsChunk)?.length;
    const first = parse();
    // WebAssembly's memory is external to JavaScript's.
    const before = process.memoryUsage().external;
    for (let run = 0; run < 40; run++) expect(parse()).toBe(first);
    // The trees take 24 MB when none is deleted.
    expect(process.memoryUsage().external - before).toBeLessThan(10e6);
  });
});

describe('what fails while it parses', () => {
  test('a grammar that traps is given up, and its files are cut by indentation from then on', async () => {
    warnings.length = 0;
    const failing = await loadTreeSitter(readGrammarFile, log);
    const content = `func f() {\n${'\tg()\n'.repeat(100)}}\nx\n`;
    const trap = () => {
      throw new RangeError('memory access out of bounds');
    };
    expect(failing?.constructs('a.go', content, trap)).toBeUndefined();
    expect(failing?.constructs('a.go', content, nothingFits)).toBeUndefined();
    expect(warnings).toEqual(['Files are cut without the go grammar: it failed.']);
    const byIndentation = createCodeChunker().chunk('a.go', content);
    expect(createCodeChunker(failing).chunk('a.go', content)).toEqual(byIndentation);
    expect(failing?.constructs('a.ts', 'f(\n  1,\n);\n', nothingFits)).not.toBeUndefined();
  });
});

describe('what cannot be loaded', () => {
  test('a grammar is reported once, and files of its language are cut without it', async () => {
    warnings.length = 0;
    const broken = await loadTreeSitter((name) => {
      if (name === 'tree-sitter-go.wasm') throw new Error('not there');
      return name === 'tree-sitter-rust.wasm' ? new Uint8Array(8) : readGrammarFile(name);
    }, log);
    for (const path of ['a.go', 'b.go', 'a.rs', 'b.rs']) {
      expect(broken?.constructs(path, 'a {\n}\n', nothingFits)).toBeUndefined();
    }
    expect(warnings).toEqual([
      'Files are cut without the go grammar: it failed.',
      'Files are cut without the rust grammar: it failed.',
    ]);
  });
});
