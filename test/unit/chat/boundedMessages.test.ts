import { describe, expect, it } from 'vitest';
import { boundedMessages } from '../../../src/core/ports/boundedMessages.ts';
import type { AnswerMessage, ChatMessage, MessagePart } from '../../../src/core/ports/chatMessage.ts';

const question = (id: string, text = 'why?'): ChatMessage => ({ role: 'user', id, text });
const answer = (id: string, rest: Partial<AnswerMessage> = {}): AnswerMessage => ({
  ...{ role: 'assistant', id, parts: [{ type: 'text', text: 'So.' }], citations: [], notices: [], note: 'n' },
  ...{ state: 'done', ...rest },
});
const citation = (number: number) => ({ number, root: '/w', path: 'a.ts', startLine: 1, endLine: 2 });

/** What is kept of an answer, in units of JSON. */
const sizeOf = (rest: Partial<AnswerMessage>) =>
  JSON.stringify(boundedMessages([question('q'), answer('a', rest)])).length;

it('leaves what the product writes as it is', () => {
  const whole: readonly ChatMessage[] = [
    question('q1', 'x'.repeat(8_000)),
    answer('a1', {
      parts: [
        { type: 'reasoning', text: 'Hm' },
        { type: 'text', text: 'x'.repeat(200_000) },
        {
          type: 'tool',
          id: 't',
          name: 'read',
          input: { deep: [1, { more: null }] },
          result: { text: 'x', isError: false },
        },
        {
          type: 'edit',
          edit: { id: 'e', root: '/w', path: 'a', hunks: [{ startLine: 1, removed: [], added: ['x'] }] },
        },
      ],
      citations: [citation(1), citation(2)],
      notices: ['Careful.'],
      source: 'openai:m',
      usage: { inputTokens: 1, outputTokens: 2 },
    }),
    question('q2'),
    answer('a2', { state: 'streaming', stage: 'asking' }),
  ];
  expect(boundedMessages(whole)).toEqual(whole);
});

it('keeps the newest, beginning with a question', () => {
  const many = Array.from({ length: 3_001 }, (_, at) => [
    question(`q${String(at)}`),
    answer(`a${String(at)}`),
  ]);
  const kept = boundedMessages([...many.flat(), question('last')]);
  expect(kept.length).toBeLessThanOrEqual(2_000);
  expect(kept[0]?.role).toBe('user');
  expect(kept.at(-1)?.id).toBe('last');
});

it('keeps nothing when the newest alone is an answer whose question is not kept', () => {
  const long = Array.from({ length: 60 }, () => ({ type: 'text', text: 'x'.repeat(190_000) }) as const);
  expect(
    boundedMessages([question('q', 'x'.repeat(400_000)), answer('a', { parts: long.slice(0, 52) })]),
  ).toEqual([]);
});

describe('of a conversation that somebody wrote into a file', () => {
  const deep = (depth: number) => {
    let value: unknown = 1;
    for (let at = 0; at < depth; at++) value = at % 2 === 0 ? [value] : { in: value };
    return value;
  };
  const tool = (input: unknown): MessagePart => ({ type: 'tool', id: 't', name: 'n', input });
  const huge = 'x'.repeat(5_000_000);

  it.each<[string, Partial<AnswerMessage>]>([
    ['a text', { parts: [{ type: 'text', text: huge }] }],
    ['a reasoning', { parts: [{ type: 'reasoning', text: huge }] }],
    ['parts', { parts: Array<MessagePart>(100_000).fill({ type: 'text', text: 'x' }) }],
    ['citations', { citations: Array(100_000).fill(citation(1)) as AnswerMessage['citations'] }],
    ['a path', { citations: [{ ...citation(1), path: huge }] }],
    ['notices', { notices: Array<string>(100_000).fill('x') }],
    ['a note', { note: huge }],
    ['a source', { source: huge }],
    ['a name of a tool', { parts: [{ type: 'tool', id: 't', name: huge, input: 1 }] }],
    ['what a tool is given', { parts: [tool(huge)] }],
    ['a list that a tool is given', { parts: [tool(Array(1_000_000).fill(0))] }],
    ['names in what a tool is given', { parts: [tool({ [huge]: 1 })] }],
    ['depth in what a tool is given', { parts: [tool(deep(100_000))] }],
    [
      'a result',
      { parts: [{ type: 'tool', id: 't', name: 'n', input: 1, result: { text: huge, isError: true } }] },
    ],
    [
      'hunks',
      {
        parts: [
          {
            type: 'edit',
            edit: {
              id: 'e',
              root: '',
              path: 'a',
              hunks: Array.from({ length: 20_000 }, () => ({ startLine: 1, removed: [], added: [] })),
            },
          },
        ],
      },
    ],
  ])('attack: %s without end is cut', (_, rest) => {
    expect(sizeOf(rest)).toBeLessThan(500_000);
  });

  it('attack: all that fits one by one is cut when it is too much together', () => {
    const many = Array.from({ length: 500 }, (_, at) => question(`q${String(at)}`, 'x'.repeat(300_000)));
    expect(JSON.stringify(boundedMessages(many)).length).toBeLessThan(10_100_000);
  });

  it('attack: an answer that nobody writes does not wait for ever', () => {
    const kept = boundedMessages([
      question('q'),
      answer('a', { state: 'streaming' }),
      question('r'),
      answer('b'),
    ]);
    expect(kept[1]).toMatchObject({ id: 'a', state: 'stopped' });
  });
});
