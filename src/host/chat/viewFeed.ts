import type { Conversation, ConversationEvent } from '../../core/chat/conversation.ts';
import type { Clock } from '../../core/ports/runtime.ts';
import type { ChatAvailability, ToView } from '../../protocol/chat.ts';

/** One frame at 60 Hz: more messages than the view can paint would only queue up. */
const FRAME_MS = 16;

type Part = Extract<ConversationEvent, { type: 'part' }>;

/**
 * What the view is told: everything once, when it asks, and then only what happens. The parts of an answer that arrive
 * within a frame go together, everything else goes at once and in order.
 */
export class ViewFeed {
  readonly #clock: Pick<Clock, 'setTimer'>;
  #post: ((message: ToView) => void) | undefined;
  /** The view has a snapshot, so it can make something of what follows. */
  #isFollowed = false;
  #sequence = 0;
  #waiting: ConversationEvent[] = [];
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Pick<Clock, 'setTimer'>) {
    this.#clock = clock;
  }

  /** Makes `post` the way to the view; it gets nothing of the conversation before a snapshot. */
  attach(post: (message: ToView) => void): { dispose(): void } {
    this.#detach();
    this.#post = post;
    return {
      dispose: () => {
        if (this.#post === post) this.#detach();
      },
    };
  }

  snapshot(messages: Conversation, availability: ChatAvailability): void {
    this.#forgetWaiting();
    if (!this.#post) return;
    this.#isFollowed = true;
    this.#post({ type: 'snapshot', sequence: this.#sequence, messages: [...messages], ...availability });
  }

  /** Something that has changed the conversation. */
  add(event: ConversationEvent): void {
    if (!this.#isFollowed) return;
    const last = this.#waiting.at(-1);
    const joined = event.type === 'part' && last?.type === 'part' ? joinedText(last, event) : undefined;
    if (joined) this.#waiting.splice(-1, 1, joined);
    else this.#waiting.push(event);
    if (event.type !== 'part') this.#flush();
    else
      this.#cancelTimer ??= this.#clock.setTimer(() => {
        this.#flush();
      }, FRAME_MS);
  }

  availability(availability: ChatAvailability): void {
    this.#post?.({ type: 'availability', ...availability });
  }

  dispose(): void {
    this.#detach();
  }

  #detach(): void {
    this.#forgetWaiting();
    this.#post = undefined;
    this.#isFollowed = false;
  }

  #forgetWaiting(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#waiting = [];
  }

  #flush(): void {
    const events = this.#waiting;
    this.#forgetWaiting();
    if (events.length > 0) this.#post?.({ type: 'events', sequence: ++this.#sequence, events });
  }
}

/** Two pieces of text of one answer as one. */
function joinedText({ id, part }: Part, { id: nextId, part: next }: Part): Part | undefined {
  const isText = part.type === 'text' || part.type === 'reasoning';
  if (id !== nextId || !isText || next.type !== part.type) return undefined;
  return { type: 'part', id, part: { ...part, text: part.text + next.text } };
}
