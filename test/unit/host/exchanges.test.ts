import { expect, it } from 'vitest';
import type { Conversation } from '../../../src/host/chat/conversation.ts';
import { recentExchanges } from '../../../src/host/chat/exchanges.ts';

type State = Extract<Conversation[number], { role: 'assistant' }>['state'];

const turn = (n: number, text: string, state: State = 'done'): Conversation => [
  { role: 'user', id: `q${n}`, text: `question ${n}` },
  { role: 'assistant', id: `a${n}`, text, citations: [], note: '', state },
];

it('gives the last turns that have an answer, whole or not, oldest first', () => {
  const conversation = [
    ...turn(1, 'one'),
    ...turn(2, '', 'failed'),
    ...turn(3, 'three', 'stopped'),
    ...turn(4, 'four', 'failed'),
    ...turn(5, 'five', 'streaming'),
  ];
  expect(recentExchanges(conversation)).toEqual([
    { question: 'question 1', answer: 'one' },
    { question: 'question 3', answer: 'three' },
    { question: 'question 4', answer: 'four' },
  ]);
});

it('is bounded in number and length', () => {
  const long = 'x'.repeat(100_000);
  const exchanges = recentExchanges([1, 2, 3, 4, 5, 6].flatMap((n) => turn(n, long)));
  expect(exchanges.map(({ question }) => question)).toEqual([
    'question 3',
    'question 4',
    'question 5',
    'question 6',
  ]);
  expect(exchanges.every(({ answer }) => answer.length === 8_000)).toBe(true);
  expect(recentExchanges([])).toEqual([]);
});
