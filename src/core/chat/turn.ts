import type { PromptPolicy } from '../ports/promptPolicy.ts';
import type { Clock, Logger } from '../ports/runtime.ts';
import type { AssistingCall } from '../shared/provenance.ts';
import { errorMessage, TouchstoneError } from '../errors/touchstoneError.ts';
import type { ActiveModel } from '../models/activeModel.ts';
import type { AnswerEvent, AnswerPart, WrittenAnswer } from './answer.ts';
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
): AsyncGenerator<AnswerEvent, void, undefined> {
  const { clock } = deps;
  const startedAt = clock.now();
  let firstTextMs: number | undefined;
  const parts = write(turn, deps, signal);
  try {
    for (;;) {
      const next = await parts.next();
      if (next.done === true) {
        const { provenance, ...answer } = next.value;
        const latencyMs = clock.now() - startedAt;
        const times = { latencyMs, ...(firstTextMs !== undefined && { firstTextMs }) };
        yield { type: 'done', answer: { ...answer, provenance: { ...provenance, ...times } } };
        return;
      }
      if (next.value.type === 'text') firstTextMs ??= clock.now() - startedAt;
      yield next.value;
    }
  } finally {
    // Whoever leaves early ends the call of the model, too.
    await parts.return(undefined as never);
  }
}

async function* write(
  turn: ModelTurn,
  deps: TurnDeps,
  signal: AbortSignal,
): AsyncGenerator<AnswerPart, WrittenAnswer, undefined> {
  const { model, log, clock } = deps;
  if (!model) return yield* answerQuestion(turn.question, deps, signal);
  const startedAt = clock.now();
  let failed: AssistingCall;
  let problem: string;
  try {
    return yield* answerByModel(turn, await model.load(), deps, signal);
  } catch (error) {
    signal.throwIfAborted();
    log.warn(`${model.id} did not answer, so the built-in answer is shown`, error);
    const failure = error instanceof TouchstoneError ? error.code : 'unknown';
    failed = { model: model.id, latencyMs: clock.now() - startedAt, failure };
    problem = errorMessage(error);
  }
  yield { type: 'notice', kind: 'model-failed', message: problem };
  const builtIn = yield* answerQuestion(turn.question, deps, signal);
  return {
    ...builtIn,
    model: { id: model.id, problem },
    provenance: { ...builtIn.provenance, assists: [failed] },
  };
}
