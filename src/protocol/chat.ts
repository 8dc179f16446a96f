/** Messages between the chat view and the extension host. Both ends validate what they receive. */
import * as z from 'zod/mini';

/** Citations and lines are counted from 1. */
const ordinal = z.int().check(z.positive());

const citation = z.object({
  number: ordinal,
  root: z.string(),
  path: z.string(),
  startLine: ordinal,
  endLine: ordinal,
});

const message = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), id: z.string(), text: z.string() }),
  z.object({
    role: z.literal('assistant'),
    id: z.string(),
    text: z.string(),
    citations: z.array(citation),
    /** Shown below the answer: who wrote it, or why it ended early. */
    note: z.string(),
    /** Who wrote it; absent until it is known. */
    source: z.optional(z.string()),
    state: z.enum(['streaming', 'done', 'stopped', 'failed']),
  }),
]);

/** What the chat view shows. The host owns it; the view redraws from it and keeps nothing but the draft. */
export const chatState = z.object({
  messages: z.array(message),
  /** One line about the index above the input: progress, or what is ready. */
  status: z.string(),
  /** Set when asking is impossible; says what to do, and is shown instead of the status. */
  blocked: z.optional(z.string()),
});

/** View → host. */
export const toHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('ask'),
    question: z.string().check(z.trim(), z.minLength(1), z.maxLength(8000)),
  }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('clear') }),
  z.object({ type: z.literal('openCitation'), messageId: z.string(), number: ordinal }),
  /** The user copied so many characters of an answer: all of it, one code block, or what was selected. */
  z.object({
    type: z.literal('copied'),
    messageId: z.string(),
    part: z.enum(['answer', 'block', 'selection']),
    length: z.int().check(z.nonnegative()),
  }),
  /** Put a code block of an answer into the editor. */
  z.object({
    type: z.literal('insert'),
    messageId: z.string(),
    text: z.string().check(z.minLength(1), z.maxLength(200_000)),
  }),
]);

/** Host → view. */
export const toView = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: chatState }),
  /** Appends to the text of a streaming message. */
  z.object({ type: z.literal('append'), messageId: z.string(), text: z.string() }),
  /** Replaces both fields of the state; they change far more often than the messages, which may be long. */
  z.extend(z.pick(chatState, { status: true, blocked: true }), { type: z.literal('availability') }),
]);

export type ChatCitation = z.infer<typeof citation>;
export type ChatMessage = z.infer<typeof message>;
export type ChatState = z.infer<typeof chatState>;
export type ToHost = z.infer<typeof toHost>;
export type ToView = z.infer<typeof toView>;
