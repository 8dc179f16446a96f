import { useState } from 'preact/hooks';
import { answerText } from '../../../core/chat/conversation.ts';
import type { AnswerMessage, LocatedCitation, MessagePart } from '../../../core/ports/chatMessage.ts';
import { hasUnseen, lineWithSigns } from '../../../core/text/unseen.ts';
import { SeenText } from '../../shared/seenText.tsx';
import { lineRange } from '../answer/citation.ts';
import { copyText, SHOWN_MS } from '../answer/copyText.ts';
import type { ChatActions } from '../chatActions.ts';
import { AnswerText } from './answerText.tsx';
import { CopyIcon, RetryIcon, WarningIcon } from './icons.tsx';
import { ProposedEditView, Reasoning, ToolCall } from './messageParts.tsx';

interface AssistantMessageProps {
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
          <SeenText text={notice} />
        </p>
      ))}
      {isStreaming && <Waiting text={waitingText(message)} />}
      {state === 'done' && (
        <CopyAnswer
          text={answerText(message)}
          copied={() => {
            actions.copied(id, 'answer', answerText(message).length);
          }}
          copyHidden={() => {
            actions.copyHidden(id);
          }}
        />
      )}
      {!isStreaming && citations.length > 0 && <Sources citations={citations} open={open} />}
      {note !== '' && (
        <p class={`note ${state}`}>
          {state === 'failed' && <WarningIcon />}
          <span>
            <SeenText text={note} />
          </span>
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
          copyHidden={(code) => {
            actions.copyHidden(id, code);
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

interface CopyAnswerProps {
  /** The answer's Markdown. */
  readonly text: string;
  readonly copied: () => void;
  readonly copyHidden: () => void;
}

/** Copies a whole answer, and says so on the button. */
function CopyAnswer({ text, copied, copyHidden }: CopyAnswerProps) {
  const [label, setLabel] = useState('Copy answer');
  const copy = async (): Promise<void> => {
    if (hasUnseen(text)) {
      copyHidden();
      return;
    }
    const isCopied = await copyText(text);
    if (isCopied) copied();
    setLabel(isCopied ? 'Copied' : 'Not allowed');
    setTimeout(() => {
      setLabel('Copy answer');
    }, SHOWN_MS);
  };
  return (
    <button type="button" class="quiet" onClick={() => void copy()}>
      <CopyIcon />
      {label}
    </button>
  );
}

interface SourcesProps {
  readonly citations: readonly LocatedCitation[];
  readonly open: (number: number) => void;
}

/** What an answer is based on, each a link to its lines. */
function Sources({ citations, open }: SourcesProps) {
  const hasSeveralRoots = new Set(citations.map(({ root }) => root)).size > 1;
  return (
    <section class="sources" aria-label="Sources">
      <h2>{citations.length === 1 ? '1 source' : `${citations.length} sources`}</h2>
      <ul>
        {citations.map((citation) => (
          <li key={citation.number}>
            <button
              type="button"
              title={lineWithSigns(`${citation.path}:${lineRange(citation)}`)}
              onClick={() => {
                open(citation.number);
              }}
            >
              <span class="number">{citation.number}</span>
              <span class="file">
                <SeenText text={lastPart(citation.path)} isLine />
              </span>
              <span class="folder">
                <SeenText text={shownFolder(citation, hasSeveralRoots)} isLine />
              </span>
              <span class="lines">
                <span class="unseen">lines </span>
                {lineRange(citation)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The file's folder, below the name of its workspace folder where there are several. */
function shownFolder({ root, path }: LocatedCitation, withRoot: boolean): string {
  const folder = path.split('/').slice(0, -1);
  return (withRoot ? [lastPart(root), ...folder] : folder).join('/');
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
