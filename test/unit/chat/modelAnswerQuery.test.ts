import { expect, test } from 'vitest';
import { retrievalQuery } from '../../../src/core/chat/modelAnswerQuery.ts';

const history = [
  { question: 'What is the moon made of?', answer: 'Rock.' },
  { question: 'How does computeBackoff work?', answer: 'It doubles [1].' },
];

test.each(['And who calls it?', 'Why?', 'Where are these limits configured for requests in the client?'])(
  'a question that points back is searched with the last one: %s',
  (question) => {
    expect(retrievalQuery(question, history)).toBe(`${question}\nHow does computeBackoff work?`);
  },
);

test('a question that stands alone is searched as it is', () => {
  const question = 'How are vector shards written to disk atomically?';
  expect(retrievalQuery(question, history)).toBe(question);
  expect(retrievalQuery('Why?', [])).toBe('Why?');
});
