import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTouchstone, type Run } from '../../support/runTouchstone.ts';

const cell = { cell_type: 'code', source: ['def open_gate():\n', '    pass\n'], metadata: {}, outputs: [] };
const book = (...cells: readonly unknown[]) => JSON.stringify({ cells, nbformat: 4 });

/** What a program writes and a person does not, by what is odd about it. */
const BOOKS: readonly (readonly [name: string, text: string])[] = [
  ['lists 100,000 deep', `{"cells":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  [
    'metadata 50,000 deep',
    `{"cells":[{"cell_type":"code","metadata":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)},"source":"x"}]}`,
  ],
  ['a line of 600,000 letters', book({ ...cell, source: `x = '${'a'.repeat(600_000)}'` })],
  ['a line of 600,000 blanks', book({ ...cell, source: ' '.repeat(600_000) })],
  ['cells of every type', book(1, null, 'x', [], {}, { cell_type: 1, source: 2 }, { source: [1, null, {}] })],
  ['cells that are an object', JSON.stringify({ cells: { 0: cell, length: 1e9 } })],
  [
    'what is below __proto__',
    '{"__proto__":{"cells":[]},"cells":[{"__proto__":{"cell_type":"code"},"source":"a = 1"}]}',
  ],
  ['keys that are there twice', '{"cells":[],"cells":[{"cell_type":"code","source":"a","source":"b = 2"}]}'],
  ['an output of 900 kB', book({ ...cell, outputs: [{ data: { 'image/png': 'A'.repeat(900_000) } }] })],
  ['8,000 cells', book(...Array.from({ length: 8_000 }, () => cell))],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['nothing', 'null'],
  ['no end', '{"cells":[{"cell_type"'],
  [
    'a number of 500,000 digits',
    `{"cells":[{"cell_type":"code","source":1e999,"x":${'9'.repeat(500_000)}}]}`,
  ],
  ['commands of a terminal', book({ ...cell, source: '\x1b]52;c;eA==\x07\x9b2J'.repeat(1_000) })],
  ['600,000 quotes', '"'.repeat(600_000)],
  ['60,000 beginnings', '{"cells":['.repeat(60_000)],
];

describe('notebooks that somebody made to do harm', () => {
  let base: string;
  let index: Run;
  let asked: Run;

  const fileOf = (name: string) => `${name.replaceAll(/\W+/g, '-')}.ipynb`;

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'touchstone-books-'));
    const folder = join(base, 'books');
    mkdirSync(folder);
    writeFileSync(join(folder, 'gate.py'), 'def open_gate():\n    pass\n');
    for (const [name, text] of BOOKS) writeFileSync(join(folder, fileOf(name)), text);
    const env = { TOUCHSTONE_STORE_ROOT: join(base, 'stores') };
    index = await runTouchstone(['index', folder, '--json'], { env });
    asked = await runTouchstone(['ask', folder, 'Where is open_gate?', '--json'], { env });
  });
  afterAll(() => {
    rmSync(base, { recursive: true });
  });

  test.each(BOOKS)('attack: of %s is indexed as the text that it is, or said to be left out', (name) => {
    expect(index.code, index.err).toBe(0);
    const { files, skipped } = JSON.parse(index.out) as {
      readonly files: number;
      readonly skipped: readonly { readonly path: string; readonly reason: string }[];
    };
    expect(files + skipped.length).toBe(BOOKS.length + 1);
    const left = skipped.filter(({ path }) => path === fileOf(name));
    expect(left.map(({ reason }) => reason).join()).toMatch(/^(?:|minified|too large)$/);
  });

  test('attack: none of them keeps an answer from what lies beside them', () => {
    expect(asked.code, asked.err).toBe(0);
    const { citations } = JSON.parse(asked.out) as {
      readonly citations: readonly { readonly path: string }[];
    };
    expect(citations.map(({ path }) => path)).toContain('gate.py');
  });
});
