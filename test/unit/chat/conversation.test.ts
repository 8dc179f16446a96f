import { describe, expect, it } from 'vitest';
import type { AnswerPart } from '../../../src/core/chat/answer.ts';
import {
  advance,
  answerText,
  findCitation,
  recentExchanges,
  streamingId,
  type Conversation,
  type ConversationEvent,
} from '../../../src/core/chat/conversation.ts';
import {
  chatMessage,
  type AnswerMessage,
  type LocatedCitation,
} from '../../../src/core/ports/chatMessage.ts';

const citation = { number: 1, root: '/w', path: 'a.ts', startLine: 1, endLine: 2 };
const edit = { id: 'e', root: '/w', path: 'a.ts', hunks: [{ startLine: 3, removed: ['a'], added: ['b'] }] };

const asked = (id: string): ConversationEvent => ({
  type: 'asked',
  id,
  questionId: `q-${id}`,
  question: 'why?',
});
const part = (id: string, event: AnswerPart<LocatedCitation>): ConversationEvent => ({
  type: 'part',
  id,
  part: event,
});
const text = (id: string, words: string) => part(id, { type: 'text', text: words });
const ended = (id: string, state: 'done' | 'failed' | 'stopped' = 'done'): ConversationEvent => ({
  type: 'ended',
  id,
  state,
  note: 'quoted',
});

const after = (...events: readonly ConversationEvent[]): Conversation => events.reduce(advance, []);
const answerAfter = (...parts: readonly AnswerPart<LocatedCitation>[]) =>
  after(asked('a'), ...parts.map((each) => part('a', each))).at(-1) as AnswerMessage;

describe('advance', () => {
  it('adds the question and an empty answer that is streaming', () => {
    const conversation = after(asked('a'));
    expect(conversation).toEqual([
      { role: 'user', id: 'q-a', text: 'why?' },
      { role: 'assistant', id: 'a', parts: [], citations: [], notices: [], note: '', state: 'streaming' },
    ]);
    expect(streamingId(conversation)).toBe('a');
  });

  it('joins texts, and ends with a note and who wrote it', () => {
    const event: ConversationEvent = { ...(ended('a') as object), source: 'extractive' } as ConversationEvent;
    const conversation = after(
      asked('a'),
      part('a', { type: 'citation', citation }),
      text('a', 'Be'),
      text('a', 'cause [1].'),
      event,
    );
    expect(conversation.at(-1)).toEqual({
      role: 'assistant',
      id: 'a',
      parts: [{ type: 'text', text: 'Because [1].' }],
      citations: [citation],
      notices: [],
      note: 'quoted',
      source: 'extractive',
      state: 'done',
    });
    expect(streamingId(conversation)).toBeUndefined();
  });

  it('keeps reasoning, tools and edits apart from the text and in order, as what can be kept in a file', () => {
    const answer = answerAfter(
      { type: 'reasoning', text: 'Hm' },
      { type: 'reasoning', text: '.' },
      { type: 'text', text: 'I look. ' },
      { type: 'tool-call', id: '1', name: 'read', input: { path: 'a.ts' } },
      { type: 'tool-call', id: '2', name: 'list', input: {} },
      { type: 'tool-result', id: '2', text: 'none', isError: true },
      { type: 'tool-result', id: 'unknown', text: 'x', isError: false },
      { type: 'proposed-edit', edit },
      { type: 'text', text: 'Done.' },
      { type: 'usage', usage: { inputTokens: 1, outputTokens: 1 } },
      { type: 'usage', usage: { inputTokens: 9, outputTokens: 2 } },
    );
    expect(answer.parts).toEqual([
      { type: 'reasoning', text: 'Hm.' },
      { type: 'text', text: 'I look. ' },
      { type: 'tool', id: '1', name: 'read', input: { path: 'a.ts' } },
      { type: 'tool', id: '2', name: 'list', input: {}, result: { text: 'none', isError: true } },
      { type: 'edit', edit },
      { type: 'text', text: 'Done.' },
    ]);
    expect(answer.usage).toEqual({ inputTokens: 9, outputTokens: 2 });
    expect(answerText(answer)).toBe('I look. \n\nDone.');
    expect(chatMessage.parse(JSON.parse(JSON.stringify(answer)))).toEqual(answer);
  });

  it('tells what is being done until there is text, and what went wrong until a note says it', () => {
    const notice = { type: 'notice', kind: 'model-failed', message: 'No model.' } as const;
    const waiting = answerAfter(
      { type: 'progress', stage: 'searching' },
      notice,
      { type: 'progress', stage: 'asking' },
      { type: 'reasoning', text: 'Hm' },
    );
    expect(waiting).toMatchObject({ stage: 'asking', notices: ['No model.'] });
    expect(
      answerAfter({ type: 'progress', stage: 'asking' }, { type: 'text', text: 'a' }),
    ).not.toHaveProperty('stage');
    expect(after(asked('a'), part('a', notice), ended('a')).at(-1)).toMatchObject({
      notices: [],
      note: 'quoted',
    });
  });

  it.each(['stopped', 'failed'] as const)('keeps what had arrived when %s', (state) => {
    const conversation = after(asked('a'), text('a', 'Half'), ended('a', state));
    expect(conversation.at(-1)).toMatchObject({ parts: [{ text: 'Half' }], state });
  });

  it('takes one question at a time', () => {
    const conversation = after(asked('a'));
    expect(advance(conversation, asked('b'))).toBe(conversation);
    expect(after(asked('a'), ended('a', 'stopped'), asked('b'))).toHaveLength(4);
  });

  it('forgets everything when cleared', () => {
    expect(after(asked('a'), ended('a'), { type: 'cleared' })).toEqual([]);
  });

  it.each([
    ['a part after stop', [asked('a'), ended('a', 'stopped')], text('a', 'x')],
    ['the end after stop', [asked('a'), ended('a', 'stopped')], ended('a')],
    ['a failure after the end', [asked('a'), ended('a')], ended('a', 'failed')],
    ['the end after clear', [asked('a'), { type: 'cleared' }], ended('a')],
    ['a part of an older answer', [asked('a'), ended('a', 'stopped'), asked('b')], text('a', 'x')],
    ['clearing what is empty', [], { type: 'cleared' }],
  ] satisfies [string, ConversationEvent[], ConversationEvent][])('ignores %s', (_, events, late) => {
    const conversation = after(...events);
    expect(advance(conversation, late)).toBe(conversation);
  });
});

describe('findCitation', () => {
  const conversation = after(asked('a'), part('a', { type: 'citation', citation }), ended('a'));

  it('finds what an answer shows', () => {
    expect(findCitation(conversation, 'a', 1)).toEqual(citation);
  });

  it('finds nothing for other numbers, messages and roles', () => {
    expect(findCitation(conversation, 'a', 2)).toBeUndefined();
    expect(findCitation(conversation, 'x', 1)).toBeUndefined();
    expect(findCitation(conversation, 'q-a', 1)).toBeUndefined();
  });
});

describe('recentExchanges', () => {
  const turn = (n: number, words: string, state?: 'done' | 'failed' | 'stopped'): ConversationEvent[] => [
    { type: 'asked', id: `a${n}`, questionId: `q${n}`, question: `question ${n}` },
    ...(words === '' ? [] : [text(`a${n}`, words)]),
    ...(state ? [ended(`a${n}`, state)] : []),
  ];

  it('gives the last turns that have an answer, whole or not, oldest first', () => {
    const conversation = after(
      ...turn(1, 'one', 'done'),
      ...turn(2, '', 'failed'),
      ...turn(3, 'three', 'stopped'),
      ...turn(4, 'four', 'failed'),
      ...turn(5, 'five'),
    );
    expect(recentExchanges(conversation)).toEqual([
      { question: 'question 1', answer: 'one' },
      { question: 'question 3', answer: 'three' },
      { question: 'question 4', answer: 'four' },
    ]);
  });

  it('is bounded in number and length', () => {
    const long = 'x'.repeat(100_000);
    const exchanges = recentExchanges(after(...[1, 2, 3, 4, 5, 6].flatMap((n) => turn(n, long, 'done'))));
    expect(exchanges.map(({ question }) => question)).toEqual([
      'question 3',
      'question 4',
      'question 5',
      'question 6',
    ]);
    expect(exchanges.every(({ answer }) => answer.length === 8_000)).toBe(true);
    expect(recentExchanges([])).toEqual([]);
  });
});
