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
    answered({ source, grounding: { checked, supported } }) {
      const writers: Record<Answer['source'], string> = {
        extractive: l10n.t('Quoted from your code, no model used.'),
      };
      if (checked === 0) return writers[source];
      const verdict =
        supported === checked
          ? l10n.t('All sources checked against your files.')
          : l10n.t('{0} of {1} sources match your files.', supported, checked);
      return `${writers[source]} ${verdict}`;
    },
    stopped: () => l10n.t('Stopped. Ask again to get the whole answer.'),
    failed: (error) =>
      error instanceof Error && error.message !== ''
        ? l10n.t('No answer: {0}', error.message)
        : l10n.t('No answer. Ask again, or run “Touchstone: Show Log” to see what happened.'),
  };
}
