import { beforeEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../../../src/core/prompts/exchange.ts';
import type { AnswerEvent } from '../../../src/core/chat/answerEvent.ts';
import type { ChatEngine } from '../../../src/host/chat/chatEngine.ts';
import type { LocatedAnswer } from '../../../src/protocol/engine.ts';
import { ChatSession } from '../../../src/host/chat/chatSession.ts';
import type { EndedAnswer } from '../../../src/host/signals/chatSignals.ts';
import { toView, type ChatState, type ToView } from '../../../src/protocol/chat.ts';
import { madeBy } from '../../support/madeBy.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const answer: LocatedAnswer = {
  text: 'Here [1] and [2].',
  citations: [
    { number: 1, path: 'a.ts', startLine: 1, endLine: 9 },
    { number: 2, path: 'b.ts', startLine: 4, endLine: 4 },
  ],
  roots: ['/w', ''],
  source: 'extractive',
  grounding: { checked: 2, supported: 2 },
  provenance: madeBy('extractive'),
};

/** An engine whose answers are given by the test, each to the question that was asked last. */
class FakeEngine implements ChatEngine {
  readonly asked: string[] = [];
  readonly histories: (readonly Exchange[])[] = [];
  readonly signals: AbortSignal[] = [];
  readonly #pipes: Pipe[] = [];

  ask(
    question: string,
    history: readonly Exchange[],
    signal: AbortSignal,
  ): AsyncIterable<AnswerEvent<LocatedAnswer>> {
    this.asked.push(question);
    this.histories.push(history);
    this.signals.push(signal);
    const pipe = new Pipe();
    this.#pipes.push(pipe);
    signal.addEventListener('abort', () => pipe.fail(signal.reason));
    return pipe.read();
  }

  async part(text: string): Promise<void> {
    await this.#send({ type: 'text', text });
  }

  async resolve(given: LocatedAnswer = answer): Promise<void> {
    await this.#send({ type: 'done', answer: given });
  }

  async reject(error: unknown): Promise<void> {
    this.#pipes.at(-1)?.fail(error);
    await settled();
  }

  get cancelled(): number {
    return this.signals.filter(({ aborted }) => aborted).length;
  }

  async #send(event: AnswerEvent<LocatedAnswer>): Promise<void> {
    this.#pipes.at(-1)?.push(event);
    await settled();
  }
}

/** Events on their way to one reader. */
class Pipe {
  readonly #events: AnswerEvent<LocatedAnswer>[] = [];
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;

  push(event: AnswerEvent<LocatedAnswer>): void {
    this.#events.push(event);
    this.#wake();
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  async *read(): AsyncGenerator<AnswerEvent<LocatedAnswer>> {
    for (;;) {
      if (this.#failure) throw this.#failure.error as Error;
      const event = this.#events.shift();
      if (event) yield event;
      if (event?.type === 'done') return;
      if (!event) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

let engine: FakeEngine;
let clock: FakeClock;
let opened: (readonly unknown[])[];
let logged: string[];
let inserted: string[];
let used: object[];
let answered: EndedAnswer[];
let sent: ToView[];
let isFileGone: boolean;
let session: ChatSession;

beforeEach(() => {
  engine = new FakeEngine();
  clock = new FakeClock();
  opened = [];
  logged = [];
  inserted = [];
  used = [];
  answered = [];
  isFileGone = false;
  sent = [];
  let ids = 0;
  session = new ChatSession({
    engine,
    clock,
    openLocation: (...location) => {
      opened.push(location);
      return isFileGone ? Promise.reject(new Error('gone')) : Promise.resolve();
    },
    insertAtCursor: (text) => {
      inserted.push(text);
      return isFileGone ? Promise.reject(new Error('gone')) : Promise.resolve(text !== 'refused');
    },
    signals: {
      answered: (ended) => {
        answered.push(ended);
      },
      used: ({ id, source }, use) => {
        used.push({ id, source, ...use });
      },
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
});

function lastState(): ChatState {
  const last = sent.findLast((message) => message.type === 'state');
  if (last?.type !== 'state') throw new Error('no state was sent');
  return last.state;
}

describe('a view', () => {
  it('gets everything when it says that it is ready', async () => {
    session.setAvailability({ status: 'Ready' });
    session.ask('why?');
    await engine.part('Be');
    sent = [];
    session.receive({ type: 'ready' });
    expect(lastState()).toMatchObject({ status: 'Ready', messages: [{ text: 'why?' }, { text: 'Be' }] });
    clock.advance(100);
    expect(sent).toHaveLength(1);
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
  ])('cannot make us do anything with %j', (message) => {
    session.receive(message);
    expect(sent).toEqual([]);
    expect(engine.asked).toEqual([]);
    expect(logged).toEqual(['warn: Dropped an invalid message from the chat view']);
  });
});

describe('a question', () => {
  it('is answered, with the sources that can still be opened', async () => {
    session.receive({ type: 'ask', question: ' why? ' });
    expect(engine.asked).toEqual(['why?']);
    await engine.resolve();
    expect(lastState().messages.at(-1)).toEqual({
      role: 'assistant',
      id: 'id1',
      text: answer.text,
      citations: [{ number: 1, root: '/w', path: 'a.ts', startLine: 1, endLine: 9 }],
      note: 'extractive',
      source: 'extractive',
      state: 'done',
    });
  });

  it('shows its parts a frame at a time', async () => {
    session.ask('why?');
    sent = [];
    for (const text of ['a', 'b', 'c']) await engine.part(text);
    expect(sent).toEqual([]);
    clock.advance(16);
    await engine.part('d');
    expect(sent).toEqual([{ type: 'append', messageId: 'id1', text: 'abc' }]);
    await engine.resolve();
    clock.advance(100);
    expect(sent.map(({ type }) => type)).toEqual(['append', 'state']);
  });

  it('comes with what was said before', async () => {
    session.ask('one');
    await engine.resolve();
    session.ask('two');
    expect(engine.histories).toEqual([[], [{ question: 'one', answer: answer.text }]]);
  });

  it('whose answer a model broke off can be asked again, and keeps the sources it has', async () => {
    const model = { id: 'openai:gpt', problem: 'It broke off.' };
    session.ask('why?');
    await engine.resolve({ ...answer, source: 'model', model });
    expect(lastState().messages.at(-1)).toMatchObject({
      text: answer.text,
      citations: [{ number: 1 }],
      source: 'openai:gpt',
      state: 'failed',
    });
    session.ask('again');
    await engine.resolve({ ...answer, model });
    expect(lastState().messages.at(-1)).toMatchObject({ source: 'extractive', state: 'done' });
  });

  it('waits for its turn', () => {
    session.ask('one');
    session.ask('two');
    expect(engine.asked).toHaveLength(1);
    expect(lastState().messages).toHaveLength(2);
  });

  it('is refused while asking is impossible', () => {
    session.setAvailability({ status: '', blocked: 'Open a folder.' });
    session.ask('why?');
    expect(engine.asked).toEqual([]);
    expect(lastState().messages).toEqual([]);
  });

  it('that fails says so, and the next one works', async () => {
    session.ask('why?');
    await engine.part('Half');
    await engine.reject(new Error('down'));
    expect(lastState().messages.at(-1)).toMatchObject({
      text: 'Half',
      state: 'failed',
      note: 'failed: Error: down',
    });
    expect(logged).toEqual(['error: A chat answer failed']);
    session.ask('again');
    expect(engine.asked).toHaveLength(2);
  });
});

describe('stop and clear', () => {
  it('stop cancels, keeps what arrived and ignores what comes late', async () => {
    session.ask('why?');
    await engine.part('Half');
    session.receive({ type: 'stop' });
    expect(engine.cancelled).toBe(1);
    sent = [];
    await engine.part(' more');
    await engine.reject(new Error('aborted'));
    clock.advance(100);
    expect(sent).toEqual([]);
    expect(logged).toEqual([]);
    session.receive({ type: 'ready' });
    expect(lastState().messages.at(-1)).toMatchObject({ text: 'Half', state: 'stopped', note: 'stopped' });
  });

  it('stop does nothing when nothing is being answered', () => {
    session.receive({ type: 'stop' });
    expect(engine.cancelled).toBe(0);
    expect(sent).toEqual([]);
  });

  it('clear stops the running answer, too', async () => {
    session.ask('why?');
    session.receive({ type: 'clear' });
    expect(engine.cancelled).toBe(1);
    await engine.resolve();
    expect(lastState().messages).toEqual([]);
  });

  it('disposal stops everything', async () => {
    session.ask('why?');
    await engine.part('x');
    session.dispose();
    sent = [];
    clock.advance(100);
    expect(engine.cancelled).toBe(1);
    expect(sent).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe('a citation', () => {
  it('is opened where the answer says', async () => {
    session.ask('why?');
    await engine.resolve();
    session.receive({ type: 'openCitation', messageId: 'id1', number: 1 });
    expect(opened).toEqual([['/w', 'a.ts', 1, 9]]);
  });

  it('that cannot be opened is logged', async () => {
    isFileGone = true;
    session.ask('why?');
    await engine.resolve();
    session.receive({ type: 'openCitation', messageId: 'id1', number: 1 });
    await expect.poll(() => logged).toEqual(['error: Could not open a.ts']);
  });

  it('that is not shown opens nothing', async () => {
    session.ask('why?');
    await engine.resolve();
    session.receive({ type: 'openCitation', messageId: 'id1', number: 2 });
    session.receive({ type: 'openCitation', messageId: 'id2', number: 1 });
    expect(opened).toEqual([]);
  });
});

describe('what is done with an answer', () => {
  beforeEach(async () => {
    session.ask('where?');
    await engine.resolve();
  });

  it('is noted with its id and source: opened, copied, inserted', async () => {
    session.receive({ type: 'openCitation', messageId: 'id1', number: 1 });
    session.receive({ type: 'copied', messageId: 'id1', part: 'block', length: 12 });
    session.receive({ type: 'insert', messageId: 'id1', text: 'x = 1' });
    await settled();
    expect(inserted).toEqual(['x = 1']);
    expect(used).toEqual([
      { id: 'id1', source: 'extractive', action: 'citation-opened' },
      { id: 'id1', source: 'extractive', action: 'copied', part: 'block', length: 12 },
      { id: 'id1', source: 'extractive', action: 'inserted', length: 5 },
    ]);
  });

  it('is not noted when it is no answer, when no editor took the code, or when that failed', async () => {
    session.receive({ type: 'copied', messageId: 'id2', part: 'answer', length: 12 });
    session.receive({ type: 'openCitation', messageId: 'id1', number: 2 });
    session.receive({ type: 'insert', messageId: 'id1', text: 'refused' });
    await settled();
    isFileGone = true;
    session.receive({ type: 'insert', messageId: 'id1', text: 'x' });
    await settled();
    expect(inserted).toEqual(['refused', 'x']);
    expect(used).toEqual([]);
    expect(logged).toEqual(['error: Could not insert code of an answer']);
  });
});
