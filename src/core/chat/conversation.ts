import type { AnswerMessage, ChatMessage, LocatedCitation, MessagePart } from '../ports/chatMessage.ts';
import type { Exchange } from '../prompts/exchange.ts';
import type { AnswerPart } from './answer.ts';

/** The messages, oldest first. At most one, the last, is streaming. */
export type Conversation = readonly ChatMessage[];

/**
 * What can happen to a conversation. `id` is that of the answer, so that what comes late, or for another answer, can be
 * told from what belongs to the one that is being written.
 */
export type ConversationEvent =
  | { readonly type: 'asked'; readonly id: string; readonly questionId: string; readonly question: string }
  | { readonly type: 'part'; readonly id: string; readonly part: AnswerPart<LocatedCitation> }
  | AnswerEnded
  | { readonly type: 'cleared' };

export interface AnswerEnded {
  readonly type: 'ended';
  readonly id: string;
  /** `failed` when the text is none or only the beginning of the answer, `stopped` when a person wanted no more. */
  readonly state: 'done' | 'failed' | 'stopped';
  readonly note: string;
  /** Who wrote it, where that is known. */
  readonly source?: string;
}

/**
 * The conversation after an event. An event that no longer applies (a part of an answer that was stopped, a second
 * question while one is being answered) returns the same object. The one given is never changed: what it has in common
 * with the new one is shared.
 */
export function advance(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'asked': {
      if (streamingId(conversation) !== undefined) return conversation;
      const { id, questionId, question } = event;
      return [...conversation, { role: 'user', id: questionId, text: question }, emptyAnswer(id)];
    }
    case 'part':
      return change(conversation, event.id, (answer) => withPart(answer, event.part));
    case 'ended':
      return change(conversation, event.id, (answer) => ended(answer, event));
    case 'cleared':
      return conversation.length === 0 ? conversation : [];
  }
}

function emptyAnswer(id: string): AnswerMessage {
  return { role: 'assistant', id, parts: [], citations: [], notices: [], note: '', state: 'streaming' };
}

/** Changes the streaming answer if it has this id. */
function change(
  conversation: Conversation,
  id: string,
  update: (answer: AnswerMessage) => AnswerMessage,
): Conversation {
  const last = conversation.at(-1);
  if (last?.role !== 'assistant' || last.state !== 'streaming' || last.id !== id) return conversation;
  const next = update(last);
  return next === last ? conversation : [...conversation.slice(0, -1), next];
}

function withPart(answer: AnswerMessage, part: AnswerPart<LocatedCitation>): AnswerMessage {
  switch (part.type) {
    case 'text':
      return withText(withoutStage(answer), 'text', part.text);
    case 'reasoning':
      return withText(answer, 'reasoning', part.text);
    case 'retracted':
      return retracted(answer);
    case 'citation':
      return { ...answer, citations: [...answer.citations, part.citation] };
    case 'progress':
      return { ...answer, stage: part.stage };
    case 'tool-call': {
      const { id, name, input } = part;
      return { ...withoutStage(answer), parts: [...answer.parts, { type: 'tool', id, name, input }] };
    }
    case 'tool-result': {
      const { text, isError } = part;
      const parts = answer.parts.map((each) =>
        each.type === 'tool' && each.id === part.id ? { ...each, result: { text, isError } } : each,
      );
      return { ...answer, parts };
    }
    case 'proposed-edit':
      return { ...withoutStage(answer), parts: [...answer.parts, { type: 'edit', edit: part.edit }] };
    case 'notice':
      return { ...answer, notices: [...answer.notices, part.message] };
    case 'usage':
      return { ...answer, usage: part.usage };
  }
}

/** Text that follows text belongs to it. */
function withText(answer: AnswerMessage, type: 'text' | 'reasoning', text: string): AnswerMessage {
  const last = answer.parts.at(-1);
  const parts: MessagePart[] =
    last?.type === type
      ? [...answer.parts.slice(0, -1), { type, text: last.text + text }]
      : [...answer.parts, { type, text }];
  return { ...answer, parts };
}

/** What was taken for text was reasoning, and so cites nothing. */
function retracted(answer: AnswerMessage): AnswerMessage {
  const asReasoning = answer.parts.map((part): MessagePart =>
    part.type === 'text' ? { type: 'reasoning', text: part.text } : part,
  );
  return { ...answer, parts: asReasoning, citations: [] };
}

function withoutStage(answer: AnswerMessage): AnswerMessage {
  const { stage, ...rest } = answer;
  return stage === undefined ? answer : rest;
}

/** The note says by then what notices said. */
function ended(answer: AnswerMessage, { state, note, source }: AnswerEnded): AnswerMessage {
  return { ...withoutStage(answer), notices: [], state, note, ...(source !== undefined && { source }) };
}

/** The id of the answer that is being written, if any. */
export function streamingId(conversation: Conversation): string | undefined {
  const last = conversation.at(-1);
  return last?.role === 'assistant' && last.state === 'streaming' ? last.id : undefined;
}

/** The answer with this id. */
export function findAnswer(conversation: Conversation, id: string): AnswerMessage | undefined {
  return conversation.find(
    (message): message is AnswerMessage => message.role === 'assistant' && message.id === id,
  );
}

/** The citation that an answer shows under this number. */
export function findCitation(
  conversation: Conversation,
  messageId: string,
  number: number,
): LocatedCitation | undefined {
  return findAnswer(conversation, messageId)?.citations.find((citation) => citation.number === number);
}

/** An answer's Markdown, without what a model reasoned and did meanwhile. */
export function answerText({ parts }: AnswerMessage): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
}

/** A model hardly looks further back, and every question sends them all. */
const MAX_EXCHANGES = 4;
/** UTF-16 units; the prompt cuts further when it must. */
const MAX_ANSWER_LENGTH = 8_000;

/** What was asked and answered lately, oldest first; what was never answered is left out. */
export function recentExchanges(conversation: Conversation): readonly Exchange[] {
  const exchanges: Exchange[] = [];
  for (let at = conversation.length - 1; at > 0 && exchanges.length < MAX_EXCHANGES; at--) {
    const [question, message] = [conversation[at - 1], conversation[at]];
    if (message?.role !== 'assistant' || question?.role !== 'user' || message.state === 'streaming') continue;
    const answer = answerText(message).slice(0, MAX_ANSWER_LENGTH);
    if (answer.trim() !== '') exchanges.unshift({ question: question.text, answer });
  }
  return exchanges;
}
