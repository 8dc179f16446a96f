import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ChatMessage } from '../../../src/core/ports/chatMessage.ts';
import { ChatSession } from '../../../src/host/chat/chatSession.ts';
import { SessionKeeper } from '../../../src/host/chat/sessionKeeper.ts';
import { ChatStore } from '../../../src/webview/chat/chatStore.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FakeChatEngine, settled } from './fakeChatEngine.ts';
import { MemorySessionStore } from './memorySessionStore.ts';

const RUNS = 1_000;
const SEED = 20_261_130;

/** What happens next. `to` picks one of the questions asked so far, answered, stopped, cleared or not. */
type Step =
  | { readonly type: 'ask' | 'stop' | 'clear' | 'reload' | 'showAgain' | 'lose' | 'frame' }
  | { readonly type: 'text' | 'done' | 'fail'; readonly to: number };

const to = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ type: 'ask' }) },
  { weight: 10, arbitrary: fc.record({ type: fc.constant('text' as const), to }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('done' as const, 'fail' as const), to }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constantFrom('stop' as const, 'clear' as const, 'reload' as const, 'showAgain' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('lose' as const, 'frame' as const) }) },
);

interface Expected {
  readonly question: string;
  text: string;
  state: string;
}

/** The conversation as it must be, told by the steps alone: a list of turns, of which the last may be open. */
class Model {
  turns: Expected[] = [];
  /** The turn of each question ever asked; those that were cleared are in no list any more. */
  readonly asked: Expected[] = [];

  get open(): Expected | undefined {
    const last = this.turns.at(-1);
    return last?.state === 'streaming' ? last : undefined;
  }

  ask(question: string): void {
    if (this.open) return;
    const turn = { question, text: '', state: 'streaming' };
    this.turns.push(turn);
    this.asked.push(turn);
  }

  end(turn: Expected | undefined, state: string): void {
    if (turn !== undefined && turn === this.open) turn.state = state;
  }

  text(turn: Expected, text: string): void {
    if (turn === this.open) turn.text += text;
  }
}

/** A window: its session, a view that follows it, and everything it keeps. The engine goes on whatever is aborted. */
class Window {
  readonly engine = new FakeChatEngine({ noticesAborts: false });
  readonly #store = new MemorySessionStore();
  readonly clock = new FakeClock();
  #ids = 0;
  session!: ChatSession;
  view!: ChatStore;
  #attached: { dispose(): void } | undefined;
  /** The next message to the view does not arrive. */
  isNextLost = false;

  async open(): Promise<void> {
    const newId = () => `id${++this.#ids}`;
    const log = { warn: () => undefined, error: () => undefined };
    const { clock } = this;
    const keeper = new SessionKeeper({ store: this.#store, newId, clock, log, onProblem: () => undefined });
    this.session = new ChatSession({
      engine: this.engine,
      keeper,
      openLocation: () => Promise.resolve(),
      approve: (text) => Promise.resolve(text),
      copyText: () => Promise.resolve(),
      refused: () => undefined,
      insertAtCursor: () => Promise.resolve(true),
      signals: { answered: () => undefined, used: () => undefined },
      notes: { answered: () => '', stopped: () => '', failed: () => '' },
      newId,
      clock,
      log,
    });
    this.show();
    await this.session.restore();
  }

  /** The editor destroys a view that is hidden and makes another one. */
  show(): void {
    this.#attached?.dispose();
    const view = new ChatStore({
      nextFrame: () => undefined,
      resync: () => {
        this.session.receive({ type: 'ready' });
      },
      warn: () => undefined,
    });
    this.#attached = this.session.attach((message) => {
      const isLost = this.isNextLost && message.type === 'events';
      if (isLost) this.isNextLost = false;
      else view.receive(structuredClone(message));
    });
    this.session.receive({ type: 'ready' });
    this.view = view;
  }

  async reload(): Promise<void> {
    await this.session.close();
    this.session.dispose();
    await this.open();
  }
}

async function play(steps: readonly Step[]): Promise<void> {
  const window = new Window();
  const model = new Model();
  await window.open();
  for (const [at, each] of steps.entries()) {
    await take(each, at, window, model);
    await settled();
    expect(toldBy(window.session.conversation), `after step ${at}`).toEqual(model.turns);
  }
  // Whatever was lost on the way to it, the view agrees as soon as it has heard of something more.
  window.isNextLost = false;
  window.session.ask('the end');
  model.ask('the end');
  window.clock.advance(16);
  window.session.stop();
  model.end(model.open, 'stopped');
  expect(toldBy(window.view.state.messages)).toEqual(model.turns);
}

async function take(each: Step, at: number, window: Window, model: Model): Promise<void> {
  const { session, engine, clock } = window;
  switch (each.type) {
    case 'ask':
      session.receive({ type: 'ask', question: `question ${at}` });
      model.ask(`question ${at}`);
      break;
    case 'stop':
      session.receive({ type: 'stop' });
      model.end(model.open, 'stopped');
      break;
    case 'clear':
      session.receive({ type: 'clear' });
      model.turns = [];
      break;
    case 'reload':
      await window.reload();
      model.end(model.open, 'stopped');
      break;
    case 'showAgain':
      window.show();
      break;
    case 'lose':
      window.isNextLost = true;
      break;
    case 'frame':
      clock.advance(16);
      break;
    default:
      answer(each.to, each.type, at, engine, model);
  }
}

function answer(
  number: number,
  type: 'text' | 'done' | 'fail',
  at: number,
  engine: FakeChatEngine,
  model: Model,
): void {
  const index = number % Math.max(1, engine.asked.length);
  const [pipe, turn] = [engine.asked[index]?.pipe, model.asked[index]];
  if (!pipe || !turn || pipe.hasEnded) return;
  if (type === 'text') {
    // Each part says whose it is, and when it came.
    const text = `(${turn.question} at ${at})`;
    pipe.push({ type: 'text', text });
    model.text(turn, text);
  } else if (type === 'done') {
    const grounding = { checked: 0, supported: 0 };
    const provenance = { source: 'extractive', settings: '', latencyMs: 1 };
    pipe.push({
      type: 'done',
      answer: { text: '', citations: [], source: 'extractive', grounding, provenance },
    });
    model.end(turn, 'done');
  } else {
    pipe.fail(new Error('down'));
    model.end(turn, 'failed');
  }
}

function toldBy(messages: readonly ChatMessage[]): readonly Expected[] {
  return messages.flatMap((message, at): readonly Expected[] => {
    const question = messages[at - 1];
    if (message.role === 'user') return [];
    const text = message.parts.map((part) => (part.type === 'text' ? part.text : '?')).join('');
    return [{ question: question?.role === 'user' ? question.text : '?', text, state: message.state }];
  });
}

it(`shows no part in a wrong answer, however questions, stops, clearing, reloads and parts come together`, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), play), {
    numRuns: RUNS,
    seed: SEED,
  });
});
