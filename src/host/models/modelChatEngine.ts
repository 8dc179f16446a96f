import type { ModelShare } from '../../core/chat/answer.ts';
import type { AskOptions, WorkFiles } from '../../protocol/engine.ts';
import type { ChatEngine, LocatedAnswer } from '../chat/chatEngine.ts';
import type { Translator } from '../chat/chatNotes.ts';
import type { ModelBoard } from './modelBoard.ts';
import { problemText } from './modelText.ts';

export interface AskingEngine {
  ask(requestId: string, question: string, options?: AskOptions): Promise<LocatedAnswer>;
  cancel(requestId: string): void;
  onAnswerPart: ChatEngine['onAnswerPart'];
}

/** Called with each question. */
export type ReadWork = () => WorkFiles;

/** What the places for a question are found with. */
export async function searchMeans(
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
  /** Questions whose model is being looked up: the engine does not know them yet and so cannot cancel them. */
  const preparing = new Set<string>();
  return {
    async ask(requestId, question, history) {
      preparing.add(requestId);
      const { options, unusable } = await meansOf(models, work, l10n);
      if (!preparing.delete(requestId)) throw new DOMException('The question was cancelled.', 'AbortError');
      const answer = await engine.ask(requestId, question, { ...options, history });
      return unusable ? { ...answer, model: unusable } : answer;
    },
    cancel(requestId) {
      if (!preparing.delete(requestId)) engine.cancel(requestId);
    },
    onAnswerPart: (listener) => engine.onAnswerPart(listener),
  };
}

/** A model that cannot be used is no reason not to answer. */
async function meansOf(models: AskedModels, work: ReadWork, l10n: Translator): Promise<Means> {
  try {
    const ranked = await searchMeans(models, work);
    const { status, access } = await models.resolve();
    if (access) return { options: { ...ranked, model: access } };
    if (status.state !== 'unusable') return { options: ranked };
    return { options: ranked, unusable: { id: status.wanted, problem: problemText(status.problem, l10n) } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      options: {},
      unusable: { id: '', problem: l10n.t('The model’s key cannot be read: {0}.', message) },
    };
  }
}
