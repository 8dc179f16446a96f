import { Component, type RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatMessage } from '../../../core/ports/chatMessage.ts';
import { SeenText } from '../../shared/seenText.tsx';
import type { ChatActions } from '../chatActions.ts';
import { ScrollFollower } from '../scrollFollower.ts';
import { AssistantMessage } from './assistantMessage.tsx';
import { ArrowDownIcon } from './icons.tsx';

interface MessageListProps {
  readonly messages: readonly ChatMessage[];
  readonly canAsk: boolean;
  readonly actions: ChatActions;
  /** Called when the user wants to get out with the keyboard. */
  readonly leave: () => void;
}

/** The messages. Tab reaches one of them and what is in it; the arrow keys, Home and End go from one to the next. */
export function MessageList({ messages, canAsk, actions, leave }: MessageListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const { isFollowing, follow } = useFollowEnd(scroller, list, messages);
  const [reached, setReached] = useState<number>();
  const current = Math.min(reached ?? messages.length - 1, messages.length - 1);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') leave();
    if (!(event.target instanceof HTMLElement) || !event.target.matches('.message')) return;
    const next = destination(event.key, current, messages.length - 1);
    if (next === undefined) return;
    event.preventDefault();
    setReached(next);
    list.current?.querySelectorAll<HTMLElement>('.message')[next]?.focus();
  };

  return (
    <div class="messages">
      <div class="scroller" ref={scroller} onKeyDown={onKeyDown}>
        <ol ref={list} role="list" aria-label="Conversation">
          {messages.map((message, index) => (
            <Message
              key={message.id}
              message={message}
              index={index}
              isCurrent={index === current}
              question={canAsk ? questionOf(messages, index) : undefined}
              actions={actions}
              reach={setReached}
            />
          ))}
        </ol>
      </div>
      {!isFollowing && (
        <button
          type="button"
          class="to-end"
          aria-label="Scroll to the end"
          title="Scroll to the end"
          onClick={follow}
        >
          <ArrowDownIcon />
        </button>
      )}
    </div>
  );
}

interface MessageProps {
  readonly message: ChatMessage;
  readonly index: number;
  /** Tab reaches it. */
  readonly isCurrent: boolean;
  readonly question: string | undefined;
  readonly actions: ChatActions;
  readonly reach: (index: number) => void;
}

/** One message. It is drawn again only when something about it has changed, however long the conversation is. */
class Message extends Component<MessageProps> {
  override shouldComponentUpdate(next: MessageProps): boolean {
    return Object.entries(next).some(([name, value]) => value !== this.props[name as keyof MessageProps]);
  }

  override render({ message, index, isCurrent, question, actions, reach }: MessageProps) {
    return (
      <li>
        <article
          class={`message ${message.role}`}
          tabIndex={isCurrent ? 0 : -1}
          aria-label={message.role === 'user' ? 'You' : 'Touchstone'}
          onFocusCapture={() => {
            reach(index);
          }}
        >
          {message.role === 'user' ? (
            <SeenText text={message.text} />
          ) : (
            <AssistantMessage message={message} question={question} actions={actions} />
          )}
        </article>
      </li>
    );
  }
}

function destination(key: string, current: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return Math.max(0, current - 1);
    case 'ArrowDown':
      return Math.min(last, current + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** The question that the last message answers: only that one may be asked again. */
function questionOf(messages: readonly ChatMessage[], index: number): string | undefined {
  const previous = messages[index - 1];
  return index === messages.length - 1 && previous?.role === 'user' ? previous.text : undefined;
}

/** Keeps the message list at its end while it grows, and returns there when a message is added. */
function useFollowEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  messages: readonly ChatMessage[],
) {
  const follower = useRef<ScrollFollower>(null);
  const [isFollowing, setIsFollowing] = useState(true);
  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return;
    const list = content.current;
    const created = new ScrollFollower({
      scroller: scroller.current,
      content: list,
      findStart: () => [...list.querySelectorAll<HTMLElement>('.message.user')].at(-1),
      onChange: setIsFollowing,
    });
    follower.current = created;
    return () => {
      created.dispose();
    };
  }, []);
  const follow = (): void => {
    follower.current?.follow();
  };
  useLayoutEffect(follow, [messages.length]);
  useLayoutEffect(() => {
    follower.current?.contentChanged();
  }, [messages]);
  return { isFollowing, follow };
}
