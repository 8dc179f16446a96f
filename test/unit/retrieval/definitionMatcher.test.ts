import { describe, expect, it } from 'vitest';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.ts';
import { segmentOf } from '../../support/segmentOf.ts';

const PLACES = [0, 1, 2].map((ordinal) => ({ path: 'src/store.ts', ordinal }));

function matches(query: string, likeness?: (term: string) => number) {
  const index = new LexicalIndex();
  const segment = segmentOf(
    {
      'src/store.ts': [
        'function openConfig(file: string) {\n  return parse(file);\n}\n',
        'function closeDoor() {\n  door.shut();\n}\n',
        'const text = read();\nrun(text);\nstop();\n',
      ].join('\n'),
      'src/other.ts': 'function strange() {}\n',
    },
    4,
  );
  for (const file of segment.files) index.addFile(segment, file);
  return PLACES.map(index.definitionMatches(query, likeness));
}

describe('definitionMatches', () => {
  it('compares the words of names with those of the query', () => {
    const [open, close] = matches('close the door');
    expect(close?.name).toBeCloseTo(1);
    expect(open?.name).toBe(0);
    const [part] = matches('open the door');
    expect(part?.name).toBeGreaterThan(0);
    expect(part?.name).toBeLessThan(1);
  });

  it('sees that a short name is the beginning of a word of the query, known or not', () => {
    const [open, close] = matches('read the configuration file');
    expect(open?.prefix).toBeGreaterThan(0);
    expect(close?.prefix).toBe(0);
    expect(matches('open the config')[0]?.prefix).toBe(0);
  });

  it('compares all that a definition begins with', () => {
    const [open, close, none] = matches('parse the returned file');
    expect(open?.name).toBe(0);
    expect(open?.words).toBeGreaterThan(0);
    expect(open?.words).toBeLessThan(1);
    expect([close?.words, none?.words]).toEqual([0, 0]);
  });

  it('takes the mean likeness of a definition, the name counting most', () => {
    const [open, close, none] = matches('shut', (term) => (term === 'door' ? 1 : 0));
    expect(open?.likeness).toBe(0);
    expect(close?.likeness).toBeGreaterThan(0.2);
    expect(close?.likeness).toBeLessThan(1);
    expect(none).toEqual({ name: 0, prefix: 0, words: 0, likeness: 0, kind: 0, defined: 0 });
  });

  it('is like nothing without a likeness, and matches nothing without words', () => {
    expect(matches('close the door').map(({ likeness }) => likeness)).toEqual([0, 0, 0]);
    for (const match of matches('zeppelin', () => 1))
      expect(match).toEqual({ name: 0, prefix: 0, words: 0, likeness: 0, kind: 0, defined: 0 });
  });

  it('compares the kind of what matches best with what the query describes', () => {
    const [open, close, none] = matches('Closes the open door');
    expect([open?.kind, close?.kind, none?.kind]).toEqual([1, 1, -1]);
    expect(matches('Represents the closed door')[1]?.kind).toBe(0);
    expect(matches('door closed by wind')[1]?.kind).toBe(0);
  });
});
