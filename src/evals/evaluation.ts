import type { ChatOutcome, CompletionOutcome, RetrievalOutcome } from './outcome.ts';
import type { Summary } from './summary.ts';

export type Suite = 'retrieval' | 'completion' | 'chat';

/** The cases of one suite with what came of them. */
export interface SuiteResult<O> {
  readonly outcomes: readonly O[];
  readonly summary: Summary;
  /** Source id → number of cases the workspace could have given. */
  readonly available: Readonly<Record<string, number>>;
  /** What limits what the numbers say; null when nothing does. */
  readonly remark: string | null;
}

/** A case that could not be run, for a reason that says nothing about its quality, such as a model that is away. */
export interface CaseError {
  readonly id: string;
  /** What went wrong and what to do. */
  readonly message: string;
}

export interface ChatSuiteResult extends SuiteResult<ChatOutcome> {
  /** Provider and model, for example `openai:gpt-5-mini`, or `built-in`. */
  readonly model: string;
  /** The wording that the model was asked with, for example `chat.answer@1`; absent of built-in answers. */
  readonly prompt?: string;
  /** Times that each question was asked. */
  readonly runs: number;
  /** Never scored, and not among the outcomes. */
  readonly errors: readonly CaseError[];
}

/** Everything an evaluation found out; plain data. */
export interface Evaluation {
  readonly format: 1;
  readonly workspace: string;
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  readonly elapsedMs: number;
  /** Text files looked at, and those of them left out as copies of others. */
  readonly files: number;
  readonly copies: readonly string[];
  readonly retrieval: SuiteResult<RetrievalOutcome> | null;
  readonly completion: SuiteResult<CompletionOutcome> | null;
  readonly chat: ChatSuiteResult | null;
}

/** In this order; `preparing` is indexing for the chat, with other parts of the files hidden. */
export type EvaluationPhase =
  'reading' | 'choosing' | 'indexing' | 'asking' | 'learning' | 'completing' | 'preparing' | 'answering';

/** What an evaluation is doing. */
export interface EvaluationProgress {
  readonly phase: EvaluationPhase;
  readonly done: number;
  readonly total: number;
  /** How long the rest of the phase will take; null while that cannot be told. */
  readonly remainingMs: number | null;
}

export interface EvaluationOptions {
  /** What the result calls the workspace. */
  readonly workspace: string;
  readonly suites: readonly Suite[];
  /** At most so many cases of each suite. */
  readonly cases: number;
  readonly seed: number;
  /** Times that each question is put to a language model; 1 unless given. */
  readonly runs?: number | undefined;
  /** Cases that may wait for a language model at a time; `DEFAULT_PARALLEL` unless given. */
  readonly parallel?: number | undefined;
  readonly onProgress?: ((progress: EvaluationProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const DEFAULT_CASES = 200;
export const DEFAULT_SEED = 1;
/** With fewer cases than this a suite's numbers say little. */
export const ENOUGH_CASES = 40;
/** A language model asked less often than this hides middling differences behind chance. */
export const ENOUGH_RUNS = 5;
/** What providers take from one customer without slowing down. */
export const DEFAULT_PARALLEL = 4;
