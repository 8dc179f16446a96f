/** Messages between the chat view and the extension host. Both ends validate what they receive. */
import * as z from 'zod/mini';
import type { AnswerPart } from '../core/chat/answer.ts';
import type { ConversationEvent } from '../core/chat/conversation.ts';
import {
  chatMessage,
  locatedCitation,
  progressStage,
  proposedEdit,
  tokenUsage,
  type LocatedCitation,
} from '../core/ports/chatMessage.ts';

/** Ids are short; the page could send anything. */
const id = z.string().check(z.maxLength(100));
const ordinal = z.int().check(z.positive());
const code = z.string().check(z.minLength(1), z.maxLength(200_000));
const sequence = z.int().check(z.nonnegative());

const answerPart: z.ZodMiniType<AnswerPart<LocatedCitation>> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  z.object({ type: z.literal('retracted') }),
  z.object({ type: z.literal('citation'), citation: locatedCitation }),
  z.object({ type: z.literal('progress'), stage: progressStage }),
  z.object({ type: z.literal('tool-call'), id: z.string(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('tool-result'), id: z.string(), text: z.string(), isError: z.boolean() }),
  z.object({ type: z.literal('proposed-edit'), edit: proposedEdit }),
  z.object({
    type: z.literal('notice'),
    kind: z.enum(['model-unusable', 'model-failed']),
    message: z.string(),
  }),
  z.object({ type: z.literal('usage'), usage: tokenUsage }),
]);

const conversationEvent: z.ZodMiniType<ConversationEvent> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('asked'), id: z.string(), questionId: z.string(), question: z.string() }),
  z.object({ type: z.literal('part'), id: z.string(), part: answerPart }),
  z.object({
    type: z.literal('ended'),
    id: z.string(),
    state: z.enum(['done', 'failed', 'stopped']),
    note: z.string(),
    source: z.exactOptional(z.string()),
  }),
  z.object({ type: z.literal('cleared') }),
]);

const availability = z.object({
  /** One line about the index above the input: progress, or what is ready. */
  status: z.string(),
  /** Set when asking is impossible; says what to do, and is shown instead of the status. */
  blocked: z.exactOptional(z.string()),
});

/** View → host. */
export const toHost = z.discriminatedUnion('type', [
  /** The view wants a snapshot: it has just been loaded, or has missed something. */
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('ask'),
    question: z.string().check(z.trim(), z.minLength(1), z.maxLength(8000)),
  }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('clear') }),
  z.object({ type: z.literal('openCitation'), messageId: id, number: ordinal }),
  /** The user copied so many characters of an answer: all of it, one code block, or what was selected. */
  z.object({
    type: z.literal('copied'),
    messageId: id,
    part: z.enum(['answer', 'block', 'selection']),
    length: z.int().check(z.nonnegative()),
  }),
  /** Put a code block of an answer into the editor: the one that is exactly this. */
  z.object({ type: z.literal('insert'), messageId: id, code }),
  /** Copy a code block of an answer, or all of it, which holds characters that are not seen. */
  z.object({ type: z.literal('copy'), messageId: id, code: z.exactOptional(code) }),
]);

/** Host → view. The host owns the conversation; the view follows it and keeps nothing but the draft. */
export const toView = z.discriminatedUnion('type', [
  /** Everything, once a view is ready. What has happened up to `sequence` is in it. */
  z.extend(availability, { type: z.literal('snapshot'), sequence, messages: z.array(chatMessage) }),
  /** What has happened since: its number is one more than that of the message before, or something was lost. */
  z.object({ type: z.literal('events'), sequence, events: z.array(conversationEvent) }),
  /** Replaces both fields. */
  z.extend(availability, { type: z.literal('availability') }),
]);

export type ChatAvailability = z.infer<typeof availability>;
export type ToHost = z.infer<typeof toHost>;
export type ToView = z.infer<typeof toView>;
