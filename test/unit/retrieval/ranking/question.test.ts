import { describe, expect, it } from 'vitest';
import { readQuestion } from '../../../../src/core/retrieval/ranking/question.ts';

const known = {
  definesName: (name: string): boolean => name === 'openDoor' || name === 'Ferry',
  hasName: (name: string): boolean => name === 'shutDoor',
};

describe('readQuestion', () => {
  it.each([
    ['openDoor', 'name'],
    ['Ferry.openDoor', 'name'],
    ['where is openDoor defined?', 'name'],
    ['shutDoor', 'use'],
    ['openGate', 'words'],
    ['open door', 'words'],
    ['Returns whether the door is open', 'definition'],
    ['locking of the front gate', 'topic'],
    ['How are the doors of a ferry opened?', 'question'],
  ])('takes what %j asks for to be a %s', (query, expected) => {
    expect(readQuestion(query, known).askedFor).toBe(expected);
  });

  it('leaves out what only frames, and never all', () => {
    expect(readQuestion('Where do we open doors?', known).words).toEqual(['open', 'door']);
    expect(readQuestion('boolean', known).words).toEqual(['boolean']);
    expect(readQuestion('R', known).words).toEqual(['r']);
    expect(readQuestion('which', known).words).not.toEqual([]);
  });

  it('puts words that follow one another together', () => {
    const { runs } = readQuestion('an indifferent hash of params', known);
    expect([...runs]).toEqual(expect.arrayContaining(['indifferenthash', 'hash', 'indifferenthashparams']));
  });

  it('notes the kinds of files that are asked for', () => {
    expect(readQuestion('tests of the door', known)).toMatchObject({ wantsTests: true, wantsData: false });
    expect(readQuestion('the csv of ports', known)).toMatchObject({ wantsProse: true, wantsData: true });
  });
});
