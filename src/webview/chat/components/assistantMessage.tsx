import { answerText } from '../../../core/chat/conversation.ts';
import type { AnswerMessage, MessagePart } from '../../../core/ports/chatMessage.ts';
import type { ChatActions } from '../chatActions.ts';
import { AnswerText } from './answerText.tsx';
import { CopyAnswer } from './copyAnswer.tsx';
import { RetryIcon, WarningIcon } from './icons.tsx';
import { ProposedEditView, Reasoning, ToolCall } from './messageParts.tsx';
import { Sources } from './sources.tsx';

export interface AssistantMessageProps {
  readonly message: AnswerMessage;
  /** What to ask when the user wants another try; missing when that is not possible. */
  readonly question: string | undefined;
  readonly actions: ChatActions;
}

export function AssistantMessage({ message, question, actions }: AssistantMessageProps) {
  const { id, parts, citations, notices, note, state } = message;
  const isStreaming = state === 'streaming';
  const open = (number: number): void => {
    actions.openCitation(id, number);
  };
  return (
    <>
      {parts.map((part, at) => (
        <Part
          key={at}
          part={part}
          message={message}
          isStreaming={isStreaming && at === parts.length - 1}
          actions={actions}
        />
      ))}
      {notices.map((notice) => (
        <p key={notice} class="note">
          {notice}
        </p>
      ))}
      {isStreaming && <Waiting text={waitingText(message)} />}
      {state === 'done' && (
        <CopyAnswer
          text={answerText(message)}
          copied={() => {
            actions.copied(id, 'answer', answerText(message).length);
          }}
        />
      )}
      {!isStreaming && citations.length > 0 && <Sources citations={citations} open={open} />}
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

interface PartProps extends Pick<AssistantMessageProps, 'message' | 'actions'> {
  readonly part: MessagePart;
  /** More of it may come. */
  readonly isStreaming: boolean;
}

function Part({ part, message: { id, citations }, isStreaming, actions }: PartProps) {
  switch (part.type) {
    case 'text':
      return (
        <AnswerText
          content={{ text: part.text, isStreaming, citations }}
          openCitation={(number) => {
            actions.openCitation(id, number);
          }}
          copied={(what, length) => {
            actions.copied(id, what, length);
          }}
          insert={(code) => {
            actions.insert(id, code);
          }}
        />
      );
    case 'reasoning':
      return <Reasoning text={part.text} />;
    case 'tool':
      return <ToolCall call={part} />;
    case 'edit':
      return <ProposedEditView edit={part.edit} />;
  }
}

function waitingText({ parts, stage }: AnswerMessage): string {
  if (stage === 'asking') return 'Asking the model';
  return parts.some(({ type }) => type !== 'reasoning') ? 'Writing' : 'Searching your code';
}

function Waiting({ text }: { readonly text: string }) {
  return (
    <p class="waiting">
      {text}
      <span aria-hidden="true">…</span>
    </p>
  );
}
