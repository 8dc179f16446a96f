import type { AnswerEvent } from '../../core/chat/answer.ts';
import type { Exchange } from '../../core/prompts/exchange.ts';
import type { PromptPolicy } from '../../core/ports/promptPolicy.ts';
import { runTurn, type ChosenModel } from '../../core/chat/turn.ts';
import { steadyClock } from '../../core/async/systemClock.ts';
import type { LocatedCitation } from '../../core/ports/chatMessage.ts';
import type { Citation } from '../../core/shared/citation.ts';
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
 * does; the paths of citations are relative to their root again.
 */
export async function* askFolders(
  question: string,
  { history = [], model, prompts, ...options }: AskFoldersOptions,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent<LocatedCitation>, void, undefined> {
  const context = new FolderContext(options);
  const locate = (citation: Citation): LocatedCitation => {
    const at = context.onScreen.find(citation.path);
    return { ...citation, path: at?.path ?? citation.path, root: at?.folder.root ?? '' };
  };
  const events = runTurn(
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
  for await (const event of events) yield located(event, locate);
}

function located(
  event: AnswerEvent,
  locate: (citation: Citation) => LocatedCitation,
): AnswerEvent<LocatedCitation> {
  switch (event.type) {
    case 'citation':
      return { ...event, citation: locate(event.citation) };
    case 'done':
      return { ...event, answer: { ...event.answer, citations: event.answer.citations.map(locate) } };
    default:
      return event;
  }
}
