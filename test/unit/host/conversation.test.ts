import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  findCitation,
  streamingId,
  type Conversation,
  type ConversationEvent,
} from '../../../src/host/chat/conversation.ts';

const citation = { number: 1, root: '/w', path: 'a.ts', startLine: 1, endLine: 2 };
const asked = (id: string): ConversationEvent => ({
  type: 'asked',
  id,
  questionId: `q-${id}`,
  question: 'why?',
});
const part = (id: string, text: string): ConversationEvent => ({ type: 'partArrived', id, text });
const answered = (id: string): ConversationEvent => ({
  type: 'answered',
  id,
  text: 'Because [1].',
  citations: [citation],
  note: 'quoted',
  source: 'extractive',
  isWhole: true,
});
const failed = (id: string): ConversationEvent => ({ type: 'failed', id, note: 'try again' });
const stopped = (id: string): ConversationEvent => ({ type: 'stopped', id, note: 'stopped' });

const after = (...events: ConversationEvent[]): Conversation => events.reduce(advance, []);

describe('advance', () => {
  it('adds the question and an empty answer that is streaming', () => {
    const conversation = after(asked('a'));
    expect(conversation).toEqual([
      { role: 'user', id: 'q-a', text: 'why?' },
      { role: 'assistant', id: 'a', text: '', citations: [], note: '', state: 'streaming' },
    ]);
    expect(streamingId(conversation)).toBe('a');
  });

  it('appends parts and lets the whole answer replace them', () => {
    expect(after(asked('a'), part('a', 'Be'), part('a', 'cause')).at(-1)).toMatchObject({ text: 'Because' });
    const conversation = after(asked('a'), part('a', 'Bec'), answered('a'));
    expect(conversation.at(-1)).toEqual({
      role: 'assistant',
      id: 'a',
      text: 'Because [1].',
      citations: [citation],
      note: 'quoted',
      source: 'extractive',
      state: 'done',
    });
    expect(streamingId(conversation)).toBeUndefined();
  });

  it.each([
    ['stopped', stopped('a')],
    ['failed', failed('a')],
  ])('keeps what had arrived when %s', (state, event) => {
    expect(after(asked('a'), part('a', 'Half'), event).at(-1)).toMatchObject({ text: 'Half', state });
  });

  it('takes one question at a time', () => {
    const conversation = after(asked('a'));
    expect(advance(conversation, asked('b'))).toBe(conversation);
    expect(after(asked('a'), stopped('a'), asked('b'))).toHaveLength(4);
  });

  it('forgets everything when cleared', () => {
    expect(after(asked('a'), answered('a'), { type: 'cleared' })).toEqual([]);
  });

  it.each([
    ['a part after stop', [asked('a'), stopped('a')], part('a', 'x')],
    ['the answer after stop', [asked('a'), stopped('a')], answered('a')],
    ['a failure after the answer', [asked('a'), answered('a')], failed('a')],
    ['the answer after clear', [asked('a'), { type: 'cleared' }], answered('a')],
    ['a part of an older answer', [asked('a'), stopped('a'), asked('b')], part('a', 'x')],
  ] satisfies [string, ConversationEvent[], ConversationEvent][])('ignores %s', (_, events, late) => {
    const conversation = after(...events);
    expect(advance(conversation, late)).toBe(conversation);
  });

  it('never has more than one streaming answer, nor one that is not last, and never changes its past', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const event = fc.oneof(
      id.map(asked),
      id.map((name) => part(name, 'x')),
      id.map(answered),
      id.map(failed),
      id.map(stopped),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        let conversation: Conversation = [];
        for (const next of events) {
          const before = conversation;
          conversation = advance(before, next);
          const past = before.length - (streamingId(before) === undefined ? 0 : 1);
          expect(conversation.slice(0, past)).toEqual(before.slice(0, past));
          const streaming = conversation.filter(
            (message) => message.role === 'assistant' && message.state === 'streaming',
          );
          expect(streaming.map((message) => message.id)).toEqual([streamingId(conversation)].filter(Boolean));
        }
      }),
    );
  });
});

describe('findCitation', () => {
  const conversation = after(asked('a'), answered('a'));

  it('finds what an answer shows', () => {
    expect(findCitation(conversation, 'a', 1)).toEqual(citation);
  });

  it('finds nothing for other numbers, messages and roles', () => {
    expect(findCitation(conversation, 'a', 2)).toBeUndefined();
    expect(findCitation(conversation, 'x', 1)).toBeUndefined();
    expect(findCitation(conversation, 'q-a', 1)).toBeUndefined();
  });
});
