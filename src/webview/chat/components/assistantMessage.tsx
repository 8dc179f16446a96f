import type { ChatMessage } from '../../../protocol/chat.ts';
import type { ChatActions } from '../chatActions.ts';
import { AnswerText } from './answerText.tsx';
import { CopyAnswer } from './copyAnswer.tsx';
import { RetryIcon, WarningIcon } from './icons.tsx';
import { Sources } from './sources.tsx';

export interface AssistantMessageProps {
  readonly message: Extract<ChatMessage, { role: 'assistant' }>;
  /** What to ask when the user wants another try; missing when that is not possible. */
  readonly question: string | undefined;
  readonly actions: ChatActions;
}

export function AssistantMessage({ message, question, actions }: AssistantMessageProps) {
  const { id, text, citations, note, state } = message;
  const isStreaming = state === 'streaming';
  const open = (number: number): void => {
    actions.openCitation(id, number);
  };
  return (
    <>
      <AnswerText
        content={{ text, isStreaming, citations }}
        openCitation={open}
        copied={(part, length) => {
          actions.copied(id, part, length);
        }}
        insert={(code) => {
          actions.insert(id, code);
        }}
      />
      {isStreaming && <Waiting text={text === '' ? 'Searching your code' : 'Writing'} />}
      {state === 'done' && (
        <CopyAnswer
          text={text}
          copied={() => {
            actions.copied(id, 'answer', text.length);
          }}
        />
      )}
      {citations.length > 0 && <Sources citations={citations} open={open} />}
      {note !== '' && (
        <p class={`note ${state}`}>
          {state === 'failed' && <WarningIcon />}
          <span>{note}</span>
        </p>
      )}
      {(state === 'failed' || state === 'stopped') && question !== undefined && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            actions.ask(question);
          }}
        >
          <RetryIcon />
          Ask again
        </button>
      )}
    </>
  );
}

function Waiting({ text }: { readonly text: string }) {
  return (
    <p class="waiting">
      {text}
      <span aria-hidden="true">…</span>
    </p>
  );
}
