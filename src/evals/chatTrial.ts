import { fixedPolicy } from '../core/prompts/fixedPolicy.ts';
import { promptName, type PromptVersion, type TokenUsage } from '../core/shared/provenance.ts';
import { runTurn, type TurnDeps } from '../core/chat/turn.ts';
import { type Answer, wholeAnswer } from '../core/chat/answer.ts';
import type { ActiveModel } from '../core/models/activeModel.ts';
import { contextSources } from '../core/context/contextSources.ts';
import { gatherContext } from '../core/context/gatherContext.ts';
import { CacheMissError, PathInRequestError } from '../core/errors/evaluationErrors.ts';
import type { ReadLive } from '../core/grounding/checkCitations.ts';
import type { Logger } from '../core/ports/runtime.ts';
import type { SearchHit } from '../core/retrieval/hit.ts';
import type { Search } from '../core/retrieval/search.ts';
import { steadyClock } from '../core/async/systemClock.ts';
import type { ChatCase, Place } from './evalCase.ts';
import type { ChatTrial } from './outcome.ts';
import type { ReplayCache } from './replay/replayCache.ts';
import { type WatchedCall, WatchedModel } from './replay/watchedModel.ts';

/** Of the places that an answer could draw on so many are kept. */
const RETRIEVED = 20;

/** Nobody works in an editor here. */
const NO_SYMBOLS = () => Promise.resolve([]);
const NO_HINTS = { recent: [], modified: [] };

/** The language model that is evaluated. */
export interface EvaluatedModel extends ActiveModel {
  /** Absent when every answer is to be the model's own. */
  readonly cache: ReplayCache | undefined;
  /** US dollars for a call, null when the price is not known. */
  readonly costOf?: (model: string, usage: TokenUsage) => number | null;
}

export interface ChatTrialParts {
  readonly search: Search;
  /** Of all files that are indexed. */
  readonly paths: readonly string[];
  readonly readLive: ReadLive;
  /** Absent for the built-in answers. */
  readonly model: EvaluatedModel | undefined;
  /** The wording of `chat.answer` that is measured. */
  readonly prompt: PromptVersion;
  readonly log: Pick<Logger, 'debug'>;
  /** Milliseconds since any moment. */
  readonly stopwatch: () => number;
}

/** The model gave no whole answer, for a reason that says nothing about its quality. */
export interface FailedTrial {
  readonly failure: string;
}

/**
 * Asks a question once, the way the chat does. Rejects when `signal` aborts and for what no further question would get
 * over: an answer that is missing among the recorded ones, and a request that must not be recorded.
 */
export async function runChatTrial(
  { id, question }: Pick<ChatCase, 'id' | 'question'>,
  run: number,
  parts: ChatTrialParts,
  signal: AbortSignal,
): Promise<ChatTrial | FailedTrial> {
  const { stopwatch, model, prompt } = parts;
  const trial = { caseId: id, run, prompt: promptName(prompt) };
  const watched = model && new WatchedModel(model.chat, { cache: model.cache, trial, stopwatch });
  const searches: (readonly SearchHit[])[] = [];
  const started = stopwatch();
  const turn = runTurn({ question, history: [] }, depsOf(parts, watched, searches), signal);
  const answer = await wholeAnswer(turn);
  const elapsedMs = stopwatch() - started;
  const call = watched?.calls.at(-1);
  if (isFatal(call?.failure)) throw call.failure;
  const failure = failureOf(answer, call, watched !== undefined);
  if (failure !== undefined) return { failure };
  return { ...told(answer, searches), ...measured(call, elapsedMs, model) };
}

function depsOf(
  { search, paths, readLive, model, prompt, log }: ChatTrialParts,
  watched: WatchedModel | undefined,
  searches: (readonly SearchHit[])[],
): TurnDeps {
  return {
    search: async (query, count, signal = new AbortController().signal) => {
      const sources = contextSources({
        ...search,
        paths: () => paths,
        symbols: NO_SYMBOLS,
        hints: NO_HINTS,
        clock: steadyClock,
        log,
      });
      const { hits } = await gatherContext(query, count, { sources, clock: steadyClock }, signal);
      searches.push(hits);
      return hits;
    },
    readLive,
    clock: steadyClock,
    prompts: fixedPolicy({ 'chat.answer': prompt.variant }),
    // What fails is counted and reported.
    log: {
      warn: (message, details) => {
        log.debug(message, details);
      },
    },
    ...(model &&
      watched && {
        model: { id: watched.id, load: () => Promise.resolve({ ...model, chat: watched }) },
      }),
  };
}

function isFatal(failure: unknown): failure is CacheMissError | PathInRequestError {
  return failure instanceof CacheMissError || failure instanceof PathInRequestError;
}

/** Why the answer is not the model's, or not all of it; an answer that reached its limit is all there is. */
function failureOf(
  { source, model }: Answer,
  call: WatchedCall | undefined,
  wantsModel: boolean,
): string | undefined {
  if (!wantsModel) return undefined;
  if (source === 'model' && call !== undefined && call.failure === undefined) return undefined;
  return model?.problem ?? 'The model did not answer.';
}

type Told = Pick<ChatTrial, 'answer' | 'citations' | 'retrieved' | 'isAbstention'>;

function told({ text, citations, isAbstention }: Answer, searches: readonly (readonly SearchHit[])[]): Told {
  return {
    answer: text,
    citations: citations.map(placeOf),
    retrieved: (searches.at(-1) ?? []).slice(0, RETRIEVED).map(placeOf),
    isAbstention: isAbstention ?? false,
  };
}

function placeOf({ path, startLine, endLine }: Place): Place {
  return { path, startLine, endLine };
}

function measured(
  call: WatchedCall | undefined,
  elapsedMs: number,
  model: EvaluatedModel | undefined,
): Omit<ChatTrial, keyof Told> {
  const usage = call?.usage;
  return {
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    cost: (usage && model?.costOf?.(model.chat.id, usage)) ?? null,
    firstTokenMs: call?.firstTokenMs ?? null,
    // A replay takes no time worth telling: what counts is how long the model took.
    elapsedMs: call?.isReplayed === true ? call.elapsedMs : elapsedMs,
    isReplayed: call?.isReplayed ?? false,
  };
}
