import { beforeEach, describe, expect, it } from 'vitest';
import { advance, type Conversation } from '../../../src/core/chat/conversation.ts';
import type { AnswerMessage } from '../../../src/core/ports/chatMessage.ts';
import { ChatSession } from '../../../src/host/chat/chatSession.ts';
import type { LocatedAnswer } from '../../../src/protocol/engine.ts';
import { toView, type ToView } from '../../../src/protocol/chat.ts';
import type { EndedAnswer } from '../../../src/host/signals/chatSignals.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FakeChatEngine } from './fakeChatEngine.ts';

const here = { number: 1, root: '/w', path: 'a.ts', startLine: 1, endLine: 9 };
const closed = { number: 2, root: '', path: 'b.ts', startLine: 4, endLine: 4 };
const answer: LocatedAnswer = {
  text: 'Here [1] and [2].',
  citations: [here, closed],
  source: 'extractive',
  grounding: { checked: 2, supported: 2 },
  provenance: { source: 'extractive', settings: '0', latencyMs: 7 },
};

let engine: FakeChatEngine;
let clock: FakeClock;
let opened: (readonly unknown[])[];
let logged: string[];
let answered: EndedAnswer[];
let sent: ToView[];
let kept: { readonly conversation: Conversation; readonly isUrgent: boolean }[];
let before: Conversation;
let isFileGone: boolean;
let session: ChatSession;

beforeEach(() => {
  engine = new FakeChatEngine();
  clock = new FakeClock();
  opened = [];
  logged = [];
  answered = [];
  kept = [];
  before = [];
  isFileGone = false;
  sent = [];
  let ids = 0;
  session = new ChatSession({
    engine,
    clock,
    keeper: {
      restore: (isWanted) => Promise.resolve(isWanted() ? before : []),
      changed: (conversation, isUrgent) => kept.push({ conversation, isUrgent }),
      flush: () => Promise.resolve(),
    },
    openLocation: (...location) => {
      opened.push(location);
      return isFileGone ? Promise.reject(new Error('gone')) : Promise.resolve();
    },
    approve: (text) => Promise.resolve(text),
    copyText: () => Promise.resolve(),
    refused: () => undefined,
    insertAtCursor: () => Promise.resolve(true),
    signals: {
      answered: (ended) => answered.push(ended),
      used: () => undefined,
    },
    newId: () => `id${++ids}`,
    notes: {
      answered: ({ source }) => source,
      stopped: () => 'stopped',
      failed: (error) => `failed: ${String(error)}`,
    },
    log: {
      warn: (message) => logged.push(`warn: ${message}`),
      error: (message) => logged.push(`error: ${message}`),
    },
  });
  session.attach((message) => {
    sent.push(toView.parse(structuredClone(message)));
  });
  session.receive({ type: 'ready' });
  sent = [];
});

const text = (part: string) => engine.send({ type: 'text', text: part });
const finish = (given: LocatedAnswer = answer) =>
  engine.send(
    ...given.citations.map((citation) => ({ type: 'citation' as const, citation })),
    { type: 'text', text: given.text },
    { type: 'done', answer: given },
  );

/** The conversation as a view has it that has followed everything. */
function shown(): Conversation {
  let messages: Conversation = [];
  for (const message of sent) {
    if (message.type === 'snapshot') messages = message.messages;
    if (message.type === 'events') messages = message.events.reduce(advance, messages);
  }
  return messages;
}

const lastAnswer = () => shown().at(-1) as AnswerMessage;

describe('a view', () => {
  it('gets everything when it says that it is ready', async () => {
    session.setAvailability({ status: 'Ready' });
    session.ask('why?');
    await text('Be');
    sent = [];
    session.receive({ type: 'ready' });
    expect(sent).toMatchObject([
      {
        type: 'snapshot',
        status: 'Ready',
        messages: [{ text: 'why?' }, { parts: [{ type: 'text', text: 'Be' }] }],
      },
    ]);
    clock.advance(100);
    expect(sent).toHaveLength(1);
  });

  it('hears of nothing before it is ready', () => {
    const heard: ToView[] = [];
    session.attach((message) => heard.push(message));
    session.ask('why?');
    expect(heard).toEqual([]);
  });

  it('that is replaced gets nothing more, and its end does not cut off the next one', () => {
    const next: ToView[] = [];
    const first = session.attach(() => expect.unreachable());
    session.attach((message) => next.push(message));
    first.dispose();
    session.receive({ type: 'ready' });
    expect(next).toHaveLength(1);
  });

  it('is told what is new about the index without the messages', () => {
    session.setAvailability({ status: 'Indexing', blocked: 'Open a folder.' });
    session.setAvailability({ status: 'Ready', blocked: undefined });
    expect(sent).toEqual([
      { type: 'availability', status: 'Indexing', blocked: 'Open a folder.' },
      { type: 'availability', status: 'Ready' },
    ]);
  });

  it.each([
    undefined,
    'ready',
    { type: 'ask', question: '  ' },
    { type: 'openCitation', messageId: 'x' },
    { type: 'run' },
  ])('attack: cannot make us do anything with %j', (message) => {
    session.receive(message);
    expect(sent).toEqual([]);
    expect(engine.asked).toEqual([]);
    expect(logged).toEqual(['warn: Dropped an invalid message from the chat view']);
  });
});

describe('a question', () => {
  it('is answered, with the sources that can still be opened', async () => {
    session.receive({ type: 'ask', question: ' why? ' });
    expect(engine.asked.map(({ question }) => question)).toEqual(['why?']);
    await finish();
    expect(lastAnswer()).toEqual({
      role: 'assistant',
      id: 'id1',
      parts: [{ type: 'text', text: answer.text }],
      citations: [here],
      notices: [],
      note: 'extractive',
      source: 'extractive',
      state: 'done',
    });
    expect(session.conversation).toEqual(shown());
  });

  it('shows its parts a frame at a time, and the end at once', async () => {
    session.ask('why?');
    sent = [];
    for (const part of ['a', 'b', 'c']) await text(part);
    expect(sent).toEqual([]);
    clock.advance(16);
    await text('d');
    const event = { type: 'part', id: 'id1', part: { type: 'text', text: 'abc' } };
    expect(sent).toEqual([{ type: 'events', sequence: 2, events: [event] }]);
    await engine.send({ type: 'done', answer });
    clock.advance(100);
    expect(sent).toMatchObject([
      { sequence: 2 },
      { sequence: 3, events: [{ type: 'part', part: { text: 'd' } }, { type: 'ended' }] },
    ]);
  });

  it('is kept at once, its answer when it ends, and its parts when there is time', async () => {
    session.ask('why?');
    await finish();
    expect(kept.map(({ isUrgent }) => isUrgent)).toEqual([true, false, false, true]);
    expect(kept.at(-1)?.conversation).toBe(session.conversation);
  });

  it('comes with what was said before', async () => {
    session.ask('one');
    await finish();
    session.ask('two');
    expect(engine.asked.map(({ history }) => history)).toEqual([
      [],
      [{ question: 'one', answer: answer.text }],
    ]);
  });

  it('whose answer a model broke off can be asked again, and keeps the sources it has', async () => {
    const model = { id: 'openai:gpt', problem: 'It broke off.' };
    session.ask('why?');
    await finish({ ...answer, source: 'model', model });
    expect(lastAnswer()).toMatchObject({ citations: [here], source: 'openai:gpt', state: 'failed' });
    session.ask('again');
    await finish({ ...answer, model });
    expect(lastAnswer()).toMatchObject({ source: 'extractive', state: 'done' });
  });

  it('waits for its turn', () => {
    session.ask('one');
    session.ask('two');
    expect(engine.asked).toHaveLength(1);
    expect(shown()).toHaveLength(2);
  });

  it('is refused while asking is impossible', () => {
    session.setAvailability({ status: '', blocked: 'Open a folder.' });
    session.ask('why?');
    expect(engine.asked).toEqual([]);
    expect(shown()).toEqual([]);
  });

  it('that fails says so, and the next one works', async () => {
    session.ask('why?');
    await text('Half');
    await engine.fail(new Error('down'));
    expect(lastAnswer()).toMatchObject({
      parts: [{ text: 'Half' }],
      state: 'failed',
      note: 'failed: Error: down',
    });
    expect(logged).toEqual(['error: A chat answer failed']);
    session.ask('again');
    expect(engine.asked).toHaveLength(2);
  });
});

describe('a conversation of before', () => {
  const old: Conversation = [
    { role: 'user', id: 'q', text: 'old?' },
    {
      role: 'assistant',
      id: 'a',
      parts: [{ type: 'text', text: 'Half' }],
      citations: [],
      notices: [],
      note: '',
      state: 'streaming',
    },
  ];

  it('is shown again; an answer that was being written is stopped where it was, and stays so', async () => {
    before = old;
    await session.restore();
    expect(lastAnswer()).toMatchObject({ parts: [{ text: 'Half' }], state: 'stopped', note: 'stopped' });
    expect(kept.at(-1)?.conversation).toEqual(shown());
    session.ask('and now?');
    expect(engine.asked[0]?.history).toEqual([{ question: 'old?', answer: 'Half' }]);
  });

  it('stands before what has been asked meanwhile, which goes on', async () => {
    before = old;
    session.ask('new?');
    await session.restore();
    await finish();
    expect(shown().map(({ id }) => id)).toEqual(['q', 'a', 'id2', 'id1']);
    expect(lastAnswer()).toMatchObject({ state: 'done' });
  });

  it('is gone when everything was cleared meanwhile', async () => {
    before = old;
    session.clear();
    await session.restore();
    expect(shown()).toEqual([]);
  });

  it('that is not there changes nothing', async () => {
    await session.restore();
    expect(sent).toEqual([]);
    expect(kept).toEqual([]);
  });
});

describe('stop and clear', () => {
  it('stop cancels, keeps what arrived and ignores what comes late', async () => {
    session.ask('why?');
    await text('Half');
    session.receive({ type: 'stop' });
    expect(engine.cancelled).toBe(1);
    const before = shown();
    await text(' more');
    clock.advance(100);
    expect(shown()).toEqual(before);
    expect(logged).toEqual([]);
    expect(lastAnswer()).toMatchObject({ parts: [{ text: 'Half' }], state: 'stopped', note: 'stopped' });
  });

  it('stop does nothing when nothing is being answered', () => {
    session.receive({ type: 'stop' });
    expect(sent).toEqual([]);
  });

  it('clear stops the running answer, too', async () => {
    session.ask('why?');
    session.receive({ type: 'clear' });
    expect(engine.cancelled).toBe(1);
    await finish();
    expect(shown()).toEqual([]);
    expect(kept.at(-1)).toEqual({ conversation: [], isUrgent: true });
  });

  it('disposal stops everything', async () => {
    session.ask('why?');
    await text('x');
    session.dispose();
    sent = [];
    clock.advance(100);
    expect(engine.cancelled).toBe(1);
    expect(sent).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe('a citation', () => {
  beforeEach(async () => {
    session.ask('why?');
    await finish();
  });

  it('is opened where the answer says', () => {
    session.receive({ type: 'openCitation', messageId: 'id1', number: 1 });
    expect(opened).toEqual([['/w', 'a.ts', 1, 9]]);
  });

  it('that cannot be opened is logged', async () => {
    isFileGone = true;
    session.receive({ type: 'openCitation', messageId: 'id1', number: 1 });
    await expect.poll(() => logged).toEqual(['error: Could not open a.ts']);
  });

  it('attack: that is not shown opens nothing', () => {
    session.receive({ type: 'openCitation', messageId: 'id1', number: 2 });
    session.receive({ type: 'openCitation', messageId: 'id2', number: 1 });
    expect(opened).toEqual([]);
  });
});

describe('an answer that ends', () => {
  it('is noted once, with what made it and how long it is', async () => {
    session.ask('one');
    await finish();
    session.ask('two');
    await text('Half');
    clock.advance(5);
    session.stop();
    await engine.fail(new Error('late'));
    session.ask('three');
    await engine.fail(new Error('down'));
    expect(answered).toMatchObject([
      {
        id: 'id1',
        state: 'done',
        turn: 0,
        length: answer.text.length,
        citations: [here],
        grounding: answer.grounding,
        provenance: answer.provenance,
      },
      { id: 'id3', state: 'stopped', turn: 1, length: 4, provenance: undefined },
      { id: 'id5', state: 'failed', turn: 2, length: 0 },
    ]);
  });
});
