import type { ChatCitation, ChatMessage } from '../../protocol/chat.ts';

/** The messages, oldest first. At most one, the last, is streaming. */
export type Conversation = readonly ChatMessage[];

/** What can happen to a conversation. `id` is the id of the answering message and of the engine's request. */
export type ConversationEvent =
  | { readonly type: 'asked'; readonly id: string; readonly questionId: string; readonly question: string }
  | { readonly type: 'partArrived'; readonly id: string; readonly text: string }
  | {
      readonly type: 'answered';
      readonly id: string;
      readonly text: string;
      readonly citations: readonly ChatCitation[];
      readonly note: string;
      readonly source: string;
      /** False when the text is only the beginning of the answer. */
      readonly isWhole: boolean;
    }
  | { readonly type: 'failed'; readonly id: string; readonly note: string }
  | { readonly type: 'stopped'; readonly id: string; readonly note: string }
  | { readonly type: 'cleared' };

type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>;

/**
 * The conversation after an event. An event that no longer applies (a part of an answer that was stopped, a second
 * question while one is being answered) returns the same object.
 */
export function advance(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'asked':
      return streamingId(conversation) === undefined ? ask(conversation, event) : conversation;
    case 'partArrived':
      return change(conversation, event.id, ({ text }) => ({ text: text + event.text }));
    case 'answered': {
      const { text, note, source } = event;
      return change(conversation, event.id, () => ({
        text,
        note,
        source,
        citations: [...event.citations],
        state: event.isWhole ? 'done' : 'failed',
      }));
    }
    case 'failed':
    case 'stopped': {
      const { type: state, note } = event;
      return change(conversation, event.id, () => ({ note, state }));
    }
    case 'cleared':
      return [];
  }
}

/** The id of the answer that is being written, if any. */
export function streamingId(conversation: Conversation): string | undefined {
  const last = conversation.at(-1);
  return last?.role === 'assistant' && last.state === 'streaming' ? last.id : undefined;
}

/** The answer with this id. */
export function findAnswer(conversation: Conversation, id: string): AssistantMessage | undefined {
  return conversation.find(
    (message): message is AssistantMessage => message.role === 'assistant' && message.id === id,
  );
}

/** The citation that an answer shows under this number. */
export function findCitation(
  conversation: Conversation,
  messageId: string,
  number: number,
): ChatCitation | undefined {
  return findAnswer(conversation, messageId)?.citations.find((citation) => citation.number === number);
}

function ask(
  conversation: Conversation,
  { id, questionId, question }: Extract<ConversationEvent, { type: 'asked' }>,
): Conversation {
  return [
    ...conversation,
    { role: 'user', id: questionId, text: question },
    { role: 'assistant', id, text: '', citations: [], note: '', state: 'streaming' },
  ];
}

/** Changes the streaming answer if it has this id. */
function change(
  conversation: Conversation,
  id: string,
  update: (message: AssistantMessage) => Partial<Omit<AssistantMessage, 'role' | 'id'>>,
): Conversation {
  const last = conversation.at(-1);
  if (last?.role !== 'assistant' || last.state !== 'streaming' || last.id !== id) return conversation;
  return [...conversation.slice(0, -1), { ...last, ...update(last) }];
}
