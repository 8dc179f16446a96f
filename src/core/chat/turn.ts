import type { PromptPolicy } from '../ports/promptPolicy.ts';
import type { Clock, Logger } from '../ports/runtime.ts';
import type { AssistingCall } from '../shared/provenance.ts';
import { TouchstoneError } from '../errors/touchstoneError.ts';
import type { ActiveModel } from '../models/activeModel.ts';
import type { Answer, WrittenAnswer } from './answer.ts';
import { answerQuestion, type AnswerDeps } from './extractiveAnswer.ts';
import { answerByModel, type ModelTurn } from './modelAnswer.ts';

/** The model that the user has chosen. */
export interface ChosenModel {
  /** Provider and model, for example `openai:gpt-5-mini`. */
  readonly id: string;
  /** Gets it ready; may fail, for example because of its address. */
  readonly load: () => Promise<ActiveModel>;
}

export interface TurnDeps extends AnswerDeps {
  /** Absent when the built-in answer is wanted. */
  readonly model?: ChosenModel | undefined;
  /** Says which wording of a prompt a model is asked with. */
  readonly prompts: PromptPolicy;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Logger, 'warn'>;
}

/**
 * One turn of a conversation: the model's answer when there is a model, else the built-in one, which also stands in for
 * a model that fails before its first word; the answer says so. Rejects only when `signal` aborts: then nothing goes on
 * and the connection is closed.
 */
export async function* runTurn(
  turn: ModelTurn,
  deps: TurnDeps,
  signal: AbortSignal,
): AsyncGenerator<string, Answer, undefined> {
  const { model, log, clock } = deps;
  const startedAt = clock.now();
  if (!model) {
    const written = yield* answerQuestion(turn.question, deps, signal);
    return timed(written, clock.now() - startedAt);
  }
  let failed: AssistingCall;
  let problem: string;
  try {
    const written = yield* answerByModel(turn, await model.load(), deps, signal);
    return timed(written, clock.now() - startedAt);
  } catch (error) {
    signal.throwIfAborted();
    log.warn(`${model.id} did not answer, so the built-in answer is shown`, error);
    failed = { model: model.id, latencyMs: clock.now() - startedAt, failure: codeOf(error) };
    problem = error instanceof Error ? error.message : String(error);
  }
  const written = yield* answerQuestion(turn.question, deps, signal);
  const answer = timed(written, clock.now() - startedAt, [failed]);
  return { ...answer, model: { id: model.id, problem } };
}

function timed(written: WrittenAnswer, latencyMs: number, assists: readonly AssistingCall[] = []): Answer {
  return {
    ...written,
    provenance: { ...written.provenance, latencyMs, ...(assists.length > 0 && { assists }) },
  };
}

function codeOf(error: unknown): string {
  return error instanceof TouchstoneError ? error.code : 'unknown';
}
