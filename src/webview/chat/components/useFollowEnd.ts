import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatMessage } from '../../../core/ports/chatMessage.ts';
import { ScrollFollower } from '../scrollFollower.ts';

/** Keeps the message list at its end while it grows, and returns there when a message is added. */
export function useFollowEnd(
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
