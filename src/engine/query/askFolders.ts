import type { AnswerEvent } from '../../core/chat/answerEvent.ts';
import type { Exchange } from '../../core/prompts/exchange.ts';
import type { PromptPolicy } from '../../core/ports/promptPolicy.ts';
import { runTurn, type ChosenModel } from '../../core/chat/turn.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import type { LocatedAnswer } from '../../protocol/engine.ts';
import { FolderContext, type FolderContextOptions } from './folderContext.ts';

export interface AskFoldersOptions extends FolderContextOptions {
  /** Oldest first. */
  readonly history?: readonly Exchange[];
  readonly model?: ChosenModel | undefined;
  /** Says which wording of a prompt the model is asked with. */
  readonly prompts: PromptPolicy;
}

/**
 * Answers a question from all folders. In a workspace of several folders the answer shows paths the way the editor
 * does; the citations returned are relative to their root again.
 */
export async function* askFolders(
  question: string,
  { history = [], model, prompts, ...options }: AskFoldersOptions,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent<LocatedAnswer>, void, undefined> {
  const context = new FolderContext(options);
  const parts = runTurn(
    { question, history },
    {
      model,
      prompts,
      clock: steadyClock,
      log: options.log,
      search: (query, count, abort = signal) => context.search(query, count, abort),
      readLive: context.readLive,
    },
    signal,
  );
  let next = await parts.next();
  while (!next.done) {
    yield { type: 'text', text: next.value };
    next = await parts.next();
  }
  const answer = next.value;
  const located = answer.citations.map((citation) => ({
    citation,
    at: context.onScreen.find(citation.path),
  }));
  yield {
    type: 'done',
    answer: {
      ...answer,
      citations: located.map(({ citation, at }) => ({ ...citation, path: at?.path ?? citation.path })),
      roots: located.map(({ at }) => at?.folder.root ?? ''),
    },
  };
}
