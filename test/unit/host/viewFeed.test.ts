import { beforeEach, describe, expect, it } from 'vitest';
import { advance, type Conversation, type ConversationEvent } from '../../../src/core/chat/conversation.ts';
import { ViewFeed } from '../../../src/host/chat/viewFeed.ts';
import type { ToView } from '../../../src/protocol/chat.ts';
import { ChatStore } from '../../../src/webview/chat/chatStore.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const text = (words: string, id = 'a'): ConversationEvent => ({
  type: 'part',
  id,
  part: { type: 'text', text: words },
});
const asked = (id: string): ConversationEvent => ({
  type: 'asked',
  id,
  questionId: `q-${id}`,
  question: 'why?',
});
const ended = (id: string): ConversationEvent => ({ type: 'ended', id, state: 'done', note: 'By me.' });

let clock: FakeClock;
let feed: ViewFeed;
let sent: ToView[];

beforeEach(() => {
  clock = new FakeClock();
  feed = new ViewFeed(clock);
  sent = [];
  feed.attach((message) => sent.push(message));
});

const bytesOf = (message: ToView) => Buffer.byteLength(JSON.stringify(message));

describe('a conversation of 500 messages', () => {
  /** Turns with answers of 4,000 characters. */
  const long: readonly ConversationEvent[] = Array.from({ length: 250 }, (_, n) => [
    asked(`a${n}`),
    text('x'.repeat(4_000), `a${n}`),
    ended(`a${n}`),
  ]).flat();

  it('streams an answer with messages of the size of what is new', () => {
    let conversation: Conversation = long.reduce(advance, []);
    expect(conversation).toHaveLength(500);
    feed.snapshot(conversation, { status: 'Ready' });
    const [snapshot] = sent.splice(0);
    expect(bytesOf(snapshot!)).toBeGreaterThan(1_000_000);

    const happen = (event: ConversationEvent) => {
      conversation = advance(conversation, event);
      feed.add(event);
    };
    happen(asked('new'));
    const parts = Array.from({ length: 400 }, (_, n) => `Part ${n} says ${'y'.repeat(n % 97)}. `);
    const sizes = parts.map((part) => {
      happen(text(part, 'new'));
      const before = sent.length;
      clock.advance(16);
      const messages = sent.slice(before);
      expect(messages).toHaveLength(1);
      return messages.reduce((sum, message) => sum + bytesOf(message), 0) - Buffer.byteLength(part);
    });
    happen(ended('new'));
    // The part itself, and a frame around it that does not depend on the conversation or the answer.
    expect(Math.max(...sizes)).toBeLessThan(128);
    expect(bytesOf(sent.at(-1)!)).toBeLessThan(128);
    const total = sent.reduce((sum, message) => sum + bytesOf(message), 0);
    process.stdout.write(
      `a snapshot of ${bytesOf(snapshot!)} bytes, then ${sent.length} messages of ${total} bytes for an answer of ${parts.join('').length}\n`,
    );

    const view = new ChatStore({
      nextFrame: () => undefined,
      resync: () => undefined,
      warn: () => undefined,
    });
    for (const message of [snapshot, ...sent]) view.receive(message);
    expect(view.state.messages).toEqual(conversation);
  });
});

describe('what goes to the view', () => {
  beforeEach(() => {
    feed.snapshot([], { status: '' });
    sent.splice(0);
  });

  it('is joined within a frame, as long as it is text of one kind', () => {
    feed.add(text('a'));
    feed.add(text('b'));
    feed.add({ type: 'part', id: 'a', part: { type: 'reasoning', text: 'c' } });
    feed.add({ type: 'part', id: 'a', part: { type: 'reasoning', text: 'd' } });
    feed.add(text('e'));
    feed.add(text('f', 'b'));
    clock.advance(16);
    expect(sent).toEqual([
      {
        type: 'events',
        sequence: 1,
        events: [
          text('ab'),
          { type: 'part', id: 'a', part: { type: 'reasoning', text: 'cd' } },
          text('e'),
          text('f', 'b'),
        ],
      },
    ]);
    expect(clock.pending).toBe(0);
  });

  it('is what a snapshot does not hold yet', () => {
    feed.add(text('a'));
    feed.snapshot([], { status: 'Ready' });
    clock.advance(100);
    feed.add(asked('b'));
    expect(sent).toEqual([
      { type: 'snapshot', sequence: 0, messages: [], status: 'Ready' },
      { type: 'events', sequence: 1, events: [asked('b')] },
    ]);
  });
});

describe('a view that has missed something', () => {
  it('says so, once, and takes nothing until it has a snapshot', () => {
    let asks = 0;
    const warned: string[] = [];
    const view = new ChatStore({
      nextFrame: () => undefined,
      resync: () => asks++,
      warn: (problem) => warned.push(problem),
    });
    const events = (sequence: number, id: string): ToView => ({
      type: 'events',
      sequence,
      events: [asked(id), ended(id)],
    });
    view.receive(events(5, 'too early'));
    view.receive({ type: 'snapshot', sequence: 5, messages: [], status: '' } satisfies ToView);
    view.receive(events(6, 'a'));
    view.receive(events(8, 'c'));
    view.receive(events(9, 'd'));
    expect(view.state.messages.map(({ id }) => id)).toEqual(['q-a', 'a']);
    expect(asks).toBe(1);
    expect(warned).toEqual(['Expected message 7 and got 8: asking for a snapshot']);
    view.receive({ type: 'snapshot', sequence: 9, messages: [], status: '' } satisfies ToView);
    view.receive(events(10, 'e'));
    expect(view.state.messages.map(({ id }) => id)).toEqual(['q-e', 'e']);
  });
});
