import type { Answer } from '../../core/chat/answer.ts';

/** The part of `vscode.l10n` that builds texts. */
export interface Translator {
  t(message: string, ...args: (string | number | boolean)[]): string;
}

/** The line below an answer. */
export interface ChatNotes {
  /** Who wrote the answer and how it was checked. */
  answered(answer: Answer): string;
  stopped(): string;
  failed(error: unknown): string;
}

export function createChatNotes(l10n: Translator): ChatNotes {
  return {
    answered(answer) {
      const { checked, supported, invented = 0 } = answer.grounding;
      const sentences = [writtenBy(answer, l10n)];
      if (checked > 0) {
        sentences.push(
          supported === checked
            ? l10n.t('All sources checked against your files.')
            : l10n.t('{0} of {1} sources match your files.', supported, checked),
        );
      }
      if (invented > 0)
        sentences.push(
          invented === 1
            ? l10n.t('One reference to a source that does not exist was removed.')
            : l10n.t('{0} references to sources that do not exist were removed.', invented),
        );
      return sentences.join(' ');
    },
    stopped: () => l10n.t('Stopped. Ask again to get the whole answer.'),
    failed: (error) =>
      error instanceof Error && error.message !== ''
        ? l10n.t('No answer: {0}', error.message)
        : l10n.t('No answer. Ask again, or run “Touchstone: Show Log” to see what happened.'),
  };
}

function writtenBy({ source, model }: Answer, l10n: Translator): string {
  if (source === 'extractive') {
    return model?.problem === undefined
      ? l10n.t('Quoted from your code, no model used.')
      : l10n.t('{0} This is the built-in answer, quoted from your code.', model.problem);
  }
  const author = l10n.t('Written by {0} from your code.', model?.id ?? '');
  return model?.problem === undefined ? author : `${model.problem} ${author}`;
}
