import { describe, expect, it } from 'vitest';
import { isQuestion } from '../../../src/core/retrieval/queryKind.ts';
import { queryTerms } from '../../../src/core/retrieval/queryTerms.ts';

describe('isQuestion', () => {
  it.each([
    'How does the parser recover?',
    'why is the config read twice',
    '  "What is a shard?"',
    'the parser?',
  ])('takes %j for a question', (query) => {
    expect(isQuestion(query)).toBe(true);
  });

  it.each([
    '',
    'parse a file',
    'is the type of a door',
    'has all fields',
    'Returns whether the file is open',
    'whatever',
    'howitzer',
    'isOpen',
    'Which code reads the config?',
    'Where is the config read?',
  ])('takes %j for a phrase', (query) => {
    expect(isQuestion(query)).toBe(false);
  });
});

describe('queryTerms', () => {
  it('counts words that frame a question less, but not in a phrase', () => {
    const question = queryTerms('How does a method open the shard?');
    expect(question.get('method')).toBe(0.25);
    expect(question.get('shard')).toBe(1);
    expect(queryTerms('the method of the shard').get('method')).toBeGreaterThan(0.9);
  });
});
