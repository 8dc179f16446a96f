import type { Answer, AnswerPart } from '../../../src/core/chat/answer.ts';
import type { Exchange } from '../../../src/core/prompts/exchange.ts';
import { fixedPolicy } from '../../../src/core/prompts/fixedPolicy.ts';
import { runTurn, type ChosenModel } from '../../../src/core/chat/turn.ts';
import type { ChatRequest, ModelPart } from '../../../src/core/ports/models.ts';
import { searchOf, WORKSPACE } from './answerFixture.ts';

export const usage = { inputTokens: 900, outputTokens: 20 };
export const counted: ModelPart = { type: 'usage', usage };
export const done: ModelPart = { type: 'done', stopReason: 'stop' };

/** In a script: nothing more comes until the request is aborted. */
export const hang = Symbol('hang');

/** What a model does with one request: parts that it sends, or an error that it ends with. */
export type Script = readonly (string | ModelPart | Error | typeof hang)[];

export class ScriptedModel {
  readonly requests: ChatRequest[] = [];
  /** Becomes true when whoever reads has left or aborted. */
  isClosed = false;
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  get chosen(): ChosenModel {
    const chat = {
      id: 'openai:test-model',
      endpoint: 'models.example',
      stream: (request: ChatRequest, signal: AbortSignal) => this.#stream(request, signal),
    };
    return { id: chat.id, load: () => Promise.resolve({ chat, promptTokens: 4_000, outputTokens: 500 }) };
  }

  async *#stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
    this.requests.push(request);
    try {
      for (const each of this.#script) {
        signal.throwIfAborted();
        if (each === hang) {
          await new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason as Error)),
          );
        } else if (each instanceof Error) throw each;
        else yield typeof each === 'string' ? { type: 'text', text: each } : each;
      }
    } finally {
      this.isClosed = true;
    }
  }
}

export interface TurnOptions {
  readonly model?: ChosenModel;
  readonly history?: readonly Exchange[];
  readonly live?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onPart?: (text: string) => void;
}

export interface ToldTurn {
  /** All that happened, but the end. */
  readonly events: readonly AnswerPart[];
  /** The text, as it came. */
  readonly parts: readonly string[];
  readonly answer: Answer;
  readonly logged: readonly string[];
  readonly searched: readonly string[];
}

/** Runs one turn on the small workspace. */
export async function askTurn(question: string, options: TurnOptions = {}): Promise<ToldTurn> {
  const { model, history = [], live = WORKSPACE, signal = new AbortController().signal, onPart } = options;
  const logged: string[] = [];
  const searched: string[] = [];
  const { search } = searchOf(WORKSPACE);
  const deps = {
    search: (query: string, count: number) => {
      searched.push(query);
      return search(query, count, signal);
    },
    readLive: (path: string) => Promise.resolve(live[path]),
    model,
    prompts: fixedPolicy(),
    clock: { now: () => 0 },
    log: { warn: (message: string) => logged.push(message) },
  };
  const events: AnswerPart[] = [];
  const parts: string[] = [];
  for await (const event of runTurn({ question, history }, deps, signal)) {
    if (event.type === 'done') return { events, parts, answer: event.answer, logged, searched };
    events.push(event);
    if (event.type !== 'text') continue;
    parts.push(event.text);
    onPart?.(event.text);
  }
  throw new Error('the turn ended without an answer');
}
