import type { PromptPolicy } from '../ports/promptPolicy.ts';
import type { Logger } from '../ports/runtime.ts';
import type { ActiveModel } from '../models/activeModel.ts';
import type { Answer } from './answer.ts';
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
  const { model, log } = deps;
  if (!model) return yield* answerQuestion(turn.question, deps, signal);
  let problem: string;
  try {
    return yield* answerByModel(turn, await model.load(), deps, signal);
  } catch (error) {
    signal.throwIfAborted();
    log.warn(`${model.id} did not answer, so the built-in answer is shown`, error);
    problem = error instanceof Error ? error.message : String(error);
  }
  const answer = yield* answerQuestion(turn.question, deps, signal);
  return { ...answer, model: { id: model.id, problem } };
}
