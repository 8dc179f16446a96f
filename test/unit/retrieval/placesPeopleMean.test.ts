import { describe, expect, it } from 'vitest';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.ts';
import { createSearch, NO_DENSE_SEARCH } from '../../../src/core/retrieval/search.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { segmentOf } from '../../support/segmentOf.ts';
import { silentLogger } from '../../support/silentLogger.ts';

async function found(files: Readonly<Record<string, string>>, query: string): Promise<readonly string[]> {
  const segment = segmentOf(files);
  const lexical = new LexicalIndex();
  for (const file of segment.files) lexical.addFile(segment, file);
  const search = createSearch({ lexical, dense: NO_DENSE_SEARCH, clock: new FakeClock(), log: silentLogger });
  return (await search.search(query, 10)).map(({ path }) => path);
}

const OTHER = 'function other() {\n  return 1;\n}\n';

describe('a search', () => {
  it.each(['class', 'boolean', 'string', 'function', 'R'])('finds what is called %s', async (name) => {
    const defining = `export const x = 1;\n\nclass ${name[0]?.toUpperCase()}${name.slice(1)} {\n  run() {}\n}\n`;
    expect((await found({ 'src/kinds.ts': defining, 'src/other.ts': OTHER }, name))[0]).toBe('src/kinds.ts');
  });

  it('finds a file that is called as a keyword is', async () => {
    const files = { 'src/string.ts': OTHER, 'src/number.ts': OTHER };
    expect((await found(files, 'string utilities'))[0]).toBe('src/string.ts');
  });

  it.each([
    ['maree', 'marée'],
    ['marée', 'maree'],
    ['отчет', 'отчёт'],
    ['mare\u0301e', 'mar\u00e9e'],
    ['Straße', 'Stra\u00dfe'],
  ])('finds by %s what is written %s', async (query, written) => {
    const files = { 'a.ts': `function ${written}() {}\n`, 'b.ts': OTHER };
    expect(await found(files, query)).toContain('a.ts');
  });

  it('keeps letters apart that only look like others with a mark', async () => {
    expect(await found({ 'a.ts': 'const мой = 1;\n' }, 'мои')).toEqual([]);
  });

  it.each(['Ferry.open', 'Ferry::open', 'Ferry#open', 'ferry->open', 'Ferry\\open'])(
    'finds %s in its class',
    async (query) => {
      const files = {
        'a.ts': 'class Gate {\n  open() {\n    return 1;\n  }\n}\n',
        'b.ts': 'class Ferry {\n  open() {\n    return 2;\n  }\n}\n',
      };
      expect((await found(files, query))[0]).toBe('b.ts');
    },
  );

  it('puts a definition before its extensions', async () => {
    const files = {
      'Ferry+Doors.swift': 'extension Ferry {\n  func doors() {}\n}\n',
      'Ferry+Deck.swift': 'extension Ferry {\n  func deck() {}\n}\n',
      'Ferry.swift': 'class Ferry {\n  func run() {}\n}\n',
    };
    expect((await found(files, 'Ferry'))[0]).toBe('Ferry.swift');
  });

  it('finds the same with a frame as without', async () => {
    const files = {
      'src/a.ts': '/** Opens the gate of a ferry. */\nfunction openGate() {}\n',
      'src/b.ts': '/** Closes what was left open, code and all. */\nfunction shut() {}\n',
    };
    for (const query of ['opens the gate', 'Which code opens the gate?', 'Where do we open the gate?']) {
      expect((await found(files, query))[0], query).toBe('src/a.ts');
    }
  });
});
