import { errorMessage } from '../../core/errors/touchstoneError.ts';
import type { ModelShare } from '../../core/chat/answer.ts';
import type { AskOptions, WorkFiles } from '../../protocol/engine.ts';
import type { ChatEngine } from '../chat/chatEngine.ts';
import type { Translator } from '../chat/chatNotes.ts';
import { untilAborted } from '../../core/async/untilAborted.ts';
import type { ModelBoard } from './modelBoard.ts';
import { problemText } from './modelText.ts';

export interface AskingEngine {
  ask(question: string, options: AskOptions, signal: AbortSignal): ReturnType<ChatEngine['ask']>;
}

/** Called with each question. */
export type ReadWork = () => WorkFiles;

/** What the places for a question are found with. */
export async function searchOptions(
  models: Pick<ModelBoard, 'resolveRanking'>,
  work: ReadWork,
): Promise<AskOptions> {
  const ranking = await models.resolveRanking();
  return { ...work(), ...(ranking && { ranking }) };
}

type AskedModels = Pick<ModelBoard, 'resolve' | 'resolveRanking'>;

type Means = { readonly options: AskOptions; readonly unusable?: ModelShare };

/** The engine as the chat sees it: every question goes with the model that is chosen at that moment, and its key. */
export function modelChatEngine(
  engine: AskingEngine,
  models: AskedModels,
  work: ReadWork,
  l10n: Translator,
): ChatEngine {
  return {
    async *ask(question, history, signal) {
      const { options, unusable } = await untilAborted(meansOf(models, work, l10n), signal);
      const message = unusable?.problem;
      if (message !== undefined) yield { type: 'notice', kind: 'model-unusable', message };
      for await (const event of engine.ask(question, { ...options, history }, signal)) {
        const isEnd = event.type === 'done' && unusable;
        yield isEnd ? { ...event, answer: { ...event.answer, model: unusable } } : event;
      }
    },
  };
}

/** A model that cannot be used is no reason not to answer. */
async function meansOf(models: AskedModels, work: ReadWork, l10n: Translator): Promise<Means> {
  try {
    const ranked = await searchOptions(models, work);
    const { status, access } = await models.resolve();
    if (access) return { options: { ...ranked, model: access } };
    if (status.state !== 'unusable') return { options: ranked };
    return { options: ranked, unusable: { id: status.wanted, problem: problemText(status.problem, l10n) } };
  } catch (error) {
    const message = errorMessage(error);
    return {
      options: {},
      unusable: { id: '', problem: l10n.t('The model’s key cannot be read: {0}.', message) },
    };
  }
}
