import { modelId } from '../../core/models/modelChoice.ts';
import type { Translator } from '../chat/chatNotes.ts';
import type { ModelProblem, ModelStatus } from './modelStatus.ts';

/** Which models are at work, in the chat and beside the workspace model in inline suggestions, and why. */
export function modelLine(
  chat: ModelStatus,
  l10n: Translator,
  completion: ModelStatus = { state: 'built-in' },
): string {
  if (chat.state === 'built-in' && completion.state === 'built-in')
    return l10n.t('Built-in models: no key, no network.');
  return `${chatLine(chat, l10n)} ${completionLine(completion, l10n)}`;
}

function chatLine(status: ModelStatus, l10n: Translator): string {
  switch (status.state) {
    case 'built-in':
      return l10n.t('Chat: built-in, no network.');
    case 'ready':
      return l10n.t('Chat: {0} at {1}.', modelId(status.choice), status.host);
    case 'unusable':
      return l10n.t(
        'Chat: built-in, although {0} is chosen. {1}',
        status.wanted,
        problemText(status.problem, l10n),
      );
  }
}

function completionLine(status: ModelStatus, l10n: Translator): string {
  switch (status.state) {
    case 'built-in':
      return l10n.t('Inline suggestions: built-in, no network.');
    case 'ready':
      return l10n.t(
        'Inline suggestions: built-in, and {0} at {1} where you have agreed to it.',
        modelId(status.choice),
        status.host,
      );
    case 'unusable':
      return l10n.t(
        'Inline suggestions: built-in, although {0} is chosen. {1}',
        status.wanted,
        problemText(status.problem, l10n),
      );
  }
}

/** Why the chosen model cannot be used, and what to do. */
export function problemText(problem: ModelProblem, l10n: Translator): string {
  switch (problem.kind) {
    case 'restricted':
      return l10n.t(
        'This workspace is in Restricted Mode, where nothing is sent to a model. Trust it to use one.',
      );
    case 'unknown':
      return l10n.t(
        'There is no such model. Choose one in the setting “Models: Chat”, such as openai:gpt-5.4-mini.',
      );
    case 'endpoint':
      return problem.message;
    case 'no-key':
      return l10n.t('{0} needs an API key. Run “Touchstone: Set Model Key” to store one.', problem.host);
  }
}
